// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.delivery;

import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import org.waymark.federation.signature.SigningKey;
import org.waymark.federation.signature.SigningKeys;
import org.waymark.federation.transport.Exchange;
import org.waymark.federation.transport.GuardedClient;
import org.waymark.federation.transport.Knocker;

/// What came of one attempt to hand an activity over.
public sealed interface Attempt {

    /// The other server took it (2xx).
    record Delivered(int status) implements Attempt {}

    /// It did not take it this time. Every status but 2xx and 410 is this one: a server that is
    /// being restored, moved or misconfigured answers 404 and 403 as well.
    ///
    /// @param code `status-503`, or that of [Exchange.Failed] or [Exchange.Refused]
    /// @param askedWait what `Retry-After` says, zero when it says nothing
    record Postponed(String code, Duration askedWait) implements Attempt {
        /// Whether the other server is well and did not want this message: 4xx, but not 408 and
        /// 429. Anything else says that it takes no other message now either.
        public boolean isOfTheMessage() {
            return code.startsWith("status-4")
                    && !code.equals("status-408")
                    && !code.equals("status-429");
        }
    }

    /// The inbox says it is gone (410). Permanent only if the actor itself says so too.
    record Gone() implements Attempt {}

    /// Signs afresh, the old way, and posts once.
    static Attempt make(
            GuardedClient client, URI inbox, byte[] activity, SigningKey key, Clock clock) {
        return of(client.post(inbox, activity, key), clock);
    }

    /// Signs afresh as the other server reads it, and posts; once more in another way if it refuses
    /// the first.
    static Attempt make(
            Knocker knocker, URI inbox, byte[] activity, SigningKeys keys, Clock clock) {
        return of(knocker.post(inbox, activity, keys), clock);
    }

    /// The same with more headers, which the signature does not cover.
    static Attempt make(
            Knocker knocker,
            URI inbox,
            byte[] activity,
            Map<String, String> more,
            SigningKeys keys,
            Clock clock) {
        return of(knocker.post(inbox, activity, more, keys), clock);
    }

    private static Attempt of(Exchange exchange, Clock clock) {
        return switch (exchange) {
            case Exchange.Failed(String code) -> new Postponed(code, Duration.ZERO);
            case Exchange.Refused(String code) -> new Postponed(code, Duration.ZERO);
            case Exchange.Answer answer -> judge(answer, clock.instant());
        };
    }

    private static Attempt judge(Exchange.Answer answer, Instant now) {
        if (answer.isSuccess()) {
            return new Delivered(answer.status());
        }
        return answer.status() == 410
                ? new Gone()
                : new Postponed(
                        "status-" + answer.status(),
                        answer.headers()
                                .first("Retry-After")
                                .flatMap(it -> wait(it.strip(), now))
                                .orElse(Duration.ZERO));
    }

    /// Seconds or a date (RFC 9110, section 10.2.3).
    private static Optional<Duration> wait(String retryAfter, Instant now) {
        try {
            boolean seconds = !retryAfter.isEmpty() && Character.isDigit(retryAfter.charAt(0));
            Duration wait =
                    seconds
                            ? Duration.ofSeconds(Integer.parseInt(retryAfter))
                            : Duration.between(
                                    now,
                                    DateTimeFormatter.RFC_1123_DATE_TIME.parse(
                                            retryAfter, ZonedDateTime::from));
            return Optional.of(wait).filter(Duration::isPositive);
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
