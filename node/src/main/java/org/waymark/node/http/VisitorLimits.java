// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// How often one visitor may post a form of the public pages, and how often one link may be posted
/// to by anybody. Whoever comes oftener gets 429 and is told when to come again. No address is
/// kept, not even for the while: see [Callers].
///
/// A form that no rule names gets the rule for all others, so a new one is limited by itself.
public final class VisitorLimits implements ContainerRequestFilter {

    /// How often in a while.
    ///
    /// @param path of what it is for, without the language: a regular expression
    /// @param perCaller from one address
    /// @param perLink to one path from everywhere; 0 where the path is no secret
    public record Rule(String name, String path, int perCaller, int perLink, Duration window) {}

    // `api` looks like a language, and has a gate of its own.
    private static final String LANGUAGE = "(?!api/)[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*/";

    /// What people in one house, behind one address, do not reach, and what a program does at once.
    public static final List<Rule> USUAL =
            List.of(
                    new Rule("search", "(?:search|map)", 240, 0, Duration.ofMinutes(1)),
                    new Rule("hand-out", "hand-out", 120, 0, Duration.ofMinutes(1)),
                    new Rule("report", "s/[^/]+/wrong", 30, 0, Duration.ofHours(1)),
                    // 60 bits: at this pace nobody guesses a code.
                    new Rule("answer", "wrong", 60, 0, Duration.ofMinutes(10)),
                    new Rule("check", "check/[^/]+", 60, 30, Duration.ofMinutes(10)),
                    // Each look at a request that came by mail may leave a row.
                    new Rule("request", "request/[^/]+", 60, 60, Duration.ofMinutes(10)),
                    // A fifth of what is taken in a day, so that one line does not use it up.
                    new Rule("complain", "complaint/send", 20, 0, Duration.ofDays(1)),
                    // One question a page, for a waiting room; codes have a pace of their own.
                    new Rule(
                            "ask",
                            "(?:ask(?:/.*)?|mine/.*|code(?:/.*)?|complaint/.*)",
                            600,
                            0,
                            Duration.ofMinutes(10)),
                    new Rule("other", ".*", 300, 0, Duration.ofMinutes(10)));

    private static final Rule PROGRAMS = new Rule("hsds", "", 600, 0, Duration.ofMinutes(1));

    // Behind a proxy that is not named in the settings, and behind an onion service, all are one.
    private static final int ALL_AS_ONE = 50;

    private final Map<Pattern, Limit> limits = new LinkedHashMap<>();

    private record Limit(Rule rule, Callers callers) {}

    public VisitorLimits(List<Rule> rules, Clock clock) {
        var random = new SecureRandom();
        rules.forEach(
                rule -> add("^" + LANGUAGE + "(" + rule.path() + ")/?$", rule, clock, random));
        add("^hsds(?:/.*)?$", PROGRAMS, clock, random);
    }

    private void add(String path, Rule rule, Clock clock, SecureRandom random) {
        limits.put(
                Pattern.compile(path), new Limit(rule, new Callers(rule.window(), clock, random)));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals("POST")) {
            return;
        }
        // The same form answers whatever stands behind a semicolon.
        var path = request.getUriInfo().getPath().replaceAll(";[^/]*", "").replaceFirst("^/", "");
        for (var entry : limits.entrySet()) {
            var found = entry.getKey().matcher(path);
            if (found.matches()) {
                var below = found.groupCount() > 0 ? found.group(1) : "";
                if (!admits(entry.getValue(), RemoteAddress.of(request).host(), below)) {
                    request.abortWith(refusal(entry.getValue().callers().left()));
                }
                return;
            }
        }
    }

    private static boolean admits(Limit limit, String host, String path) {
        var rule = limit.rule();
        int most =
                new RemoteAddress(host).isEverybody()
                        ? rule.perCaller() * ALL_AS_ONE
                        : rule.perCaller();
        // Both are counted: who was turned away at one door has knocked at the other, too.
        boolean callerMay = limit.callers().count("caller " + network(host)) <= most;
        boolean linkMay =
                rule.perLink() == 0 || limit.callers().count("link " + path) <= rule.perLink();
        return callerMay && linkMay;
    }

    /// Of an address of version 6 its first half: one household has all of the other.
    private static String network(String host) {
        try {
            var address = InetAddress.ofLiteral(host).getAddress();
            return address.length == 16 ? java.util.HexFormat.of().formatHex(address, 0, 8) : host;
        } catch (IllegalArgumentException _) {
            return host;
        }
    }

    private static Response refusal(Duration wait) {
        return Response.fromResponse(Problem.response(429, "too-many-requests"))
                .header("Retry-After", wait.toSeconds() + 1)
                .header("Cache-Control", "no-store")
                .build();
    }
}
