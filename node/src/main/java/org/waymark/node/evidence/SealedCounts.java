// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.waymark.node.database.Transaction;
import org.waymark.node.listing.ListingId;
import org.waymark.node.privacy.CaseId;
import org.waymark.node.privacy.CaseKeys;
import org.waymark.node.privacy.CaseKeys.Part;
import org.waymark.node.privacy.DamagedException;
import org.waymark.node.privacy.FieldAddress;
import org.waymark.node.privacy.OrganizationId;
import org.waymark.node.referral.Side;

/// Puts counts into rows under a key of the organisation and the year, which `lock` takes away like
/// those of the cases, and takes them out again. In the rows stand a month and nothing else.
final class SealedCounts {

    // What a newer version keeps beside is no hindrance.
    private static final ObjectMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    // A key that is lost gives its name away to none: 20 losses in a year are a broken disk.
    private static final int MOST_KEYS = 20;
    private static final Logger LOG = LoggerFactory.getLogger(SealedCounts.class);

    private final CaseKeys keys;

    SealedCounts(CaseKeys keys) {
        this.keys = keys;
    }

    /// A count without its month, which the row has.
    record Kept(
            Side side,
            Measure measure,
            String listing,
            String partner,
            String topic,
            String detail,
            String language,
            int hours,
            boolean timely,
            boolean covered,
            long times) {

        static Kept of(Count it) {
            return new Kept(
                    it.side(),
                    it.measure(),
                    it.listing().map(ListingId::toString).orElse(""),
                    it.partner(),
                    it.topic(),
                    it.detail(),
                    it.language(),
                    it.hours(),
                    it.inTime(),
                    it.isProtected(),
                    it.times());
        }

        Count in(YearMonth month) {
            return new Count(
                    month,
                    side,
                    measure,
                    Optional.of(listing)
                            .filter(it -> !it.isEmpty())
                            .map(it -> new ListingId(UUID.fromString(it))),
                    partner,
                    topic,
                    detail,
                    language,
                    hours,
                    timely,
                    covered,
                    times);
        }

        Kept times(long other) {
            return new Kept(
                    side, measure, listing, partner, topic, detail, language, hours, timely,
                    covered, other);
        }
    }

    void add(
            Transaction tx,
            UUID id,
            OrganizationId organization,
            YearMonth month,
            boolean isSum,
            List<Count> counts) {
        if (counts.isEmpty()) {
            return;
        }
        var content = json(counts.stream().map(Kept::of).toList());
        for (int attempt = 0; attempt < MOST_KEYS; attempt++) {
            var caseId = caseOf(organization, month, attempt);
            if (isLost(tx, caseId)) {
                // It may come back with the key folder's backup, so no other takes its name.
                continue;
            }
            if (!keys.ensure(caseId)) {
                return;
            }
            try {
                var bytes = keys.protect(caseId, Part.CASE, address(id), content);
                EvidenceTable.add(
                        tx,
                        new EvidenceTable.Sealed(id, organization, caseId, month, isSum, bytes));
                return;
            } catch (DamagedException e) {
                LOG.warn("A key of counts is damaged: {}", caseId, e);
            }
        }
        throw new IllegalStateException("No key of counts can be used");
    }

    private boolean isLost(Transaction tx, CaseId caseId) {
        return !(keys.holds(caseId, Part.CASE) && keys.holds(caseId, Part.CONTACT))
                && EvidenceTable.holds(tx, caseId);
    }

    /// What cannot be read, because its key is missing or another, counts as nothing.
    Stream<Count> open(EvidenceTable.Sealed row) {
        return read(row).stream().flatMap(List::stream);
    }

    /// Empty when it cannot be read.
    Optional<List<Count>> read(EvidenceTable.Sealed row) {
        try {
            return keys.openText(row.caseId(), Part.CASE, address(row.id()), row.content())
                    .map(SealedCounts::kept)
                    .map(all -> Arrays.stream(all).map(it -> it.in(row.month())).toList());
        } catch (DamagedException e) {
            LOG.warn("Counts of {} cannot be read: their key is another", row.month(), e);
            return Optional.empty();
        }
    }

    /// Equal ones together; what comes to nothing is left out.
    static List<Count> sum(YearMonth month, List<Count> counts) {
        var sums = new LinkedHashMap<Kept, Long>();
        counts.forEach(it -> sums.merge(Kept.of(it).times(0), it.times(), Long::sum));
        return sums.entrySet().stream()
                .filter(it -> it.getValue() != 0)
                .map(it -> it.getKey().times(it.getValue()).in(month))
                .toList();
    }

    private static CaseId caseOf(OrganizationId organization, YearMonth month, int attempt) {
        var first = "evidence " + organization + " " + month.getYear();
        var name = attempt == 0 ? first : first + " " + attempt;
        return new CaseId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    private static FieldAddress address(UUID id) {
        return new FieldAddress(EvidenceTable.NAME, id, "content");
    }

    private static String json(List<Kept> counts) {
        try {
            return JSON.writeValueAsString(counts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Counts cannot be written", e);
        }
    }

    private static Kept[] kept(String json) {
        try {
            return JSON.readValue(json, Kept[].class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Counts cannot be read", e);
        }
    }
}
