// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.privacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.waymark.node.database.Transaction;
import org.waymark.node.privacy.Audit.Acceptance;
import org.waymark.node.privacy.Audit.Claim;
import org.waymark.node.privacy.Audit.Fault;
import org.waymark.node.privacy.Audit.Finding;
import org.waymark.node.privacy.Audit.Verdict;
import org.waymark.node.privacy.AuditTable.Gap;
import org.waymark.node.privacy.AuditTable.Head;

/// One walk over the whole chain. It goes on behind what it finds, so that one gap does not hide
/// what was touched later; of the entry behind a gap that nobody sealed, it must believe the seal.
final class AuditCheck {

    private static final int BATCH = 500;
    // So many wait for somebody at a time, however many there are.
    private static final int MOST_OPEN = 100;
    // Each is some 200 bytes: what a check holds in memory.
    private static final int MOST_FINDINGS = 20_000;
    // 16 of 64 signs: enough to tell two findings apart, and short enough to be read out.
    private static final int PRINT = 16;

    private final AuditChain chain;
    private final AuditTable table;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Acceptance> accepted = new HashMap<>();
    private final Map<Long, Gap> gaps = new HashMap<>();
    // What others keep and the walk has not come by yet.
    private final Map<String, Claim> claims = new LinkedHashMap<>();
    private OptionalLong dropped = OptionalLong.empty();
    private Head head = new Head(0, "");

    AuditCheck(AuditChain chain, AuditTable table) {
        this.chain = chain;
        this.table = table;
    }

    Verdict run(Transaction tx) {
        for (var gap : table.listGaps(tx)) {
            if (gap.seal().equals(chain.sealGap(gap.first(), gap.last()))) {
                gaps.put(gap.first(), gap);
            }
        }
        AuditClaimTable.list(tx).forEach(it -> claims.put(it.digest(), it));
        var mark = table.checkpoint(tx);
        if (mark.isPresent()) {
            head = mark.get().end();
            var seal = chain.sealMark(head, mark.get().prunedAt());
            if (!mark.get().seal().equals(seal)) {
                found(Fault.FORGED_MARK, head.number(), head.number(), seal);
            }
        }
        passed();
        while (true) {
            var batch = table.listSealed(tx, head.number(), BATCH);
            batch.forEach(this::walk);
            if (batch.isEmpty()) {
                break;
            }
        }
        chain.rememberedHead()
                .filter(it -> it.number() > head.number())
                .ifPresent(
                        it ->
                                found(
                                        Fault.TRUNCATED,
                                        head.number() + 1,
                                        it.number(),
                                        chain.sealGap(head.number() + 1, it)));
        claims.values().forEach(it -> found(Fault.NOT_AS_KEPT, 0, 0, it.digest(), Optional.of(it)));
        return verdict();
    }

    /// Whoever keeps this link keeps what is here.
    private void passed() {
        if (!claims.isEmpty()) {
            claims.remove(AuditChain.digest(head));
        }
    }

    private Verdict verdict() {
        var listed = new ArrayList<Finding>();
        var open = 0;
        var unlisted = dropped;
        for (var finding : findings) {
            var acceptance = Optional.ofNullable(accepted.get(finding.key()));
            if (acceptance.isPresent() || open < MOST_OPEN) {
                listed.add(finding.with(acceptance));
                open += acceptance.isPresent() ? 0 : 1;
            } else if (unlisted.isEmpty() || finding.first() < unlisted.getAsLong()) {
                unlisted = OptionalLong.of(finding.first());
            }
        }
        return new Verdict(head.number(), List.copyOf(listed), unlisted);
    }

    private void walk(AuditTable.Sealed link) {
        while (link.number() > head.number() + 1) {
            var first = head.number() + 1;
            var gap = Optional.ofNullable(gaps.get(first));
            if (gap.filter(it -> it.last().number() < link.number()).isPresent()) {
                found(Fault.MISSING, first, gap.get().last().number(), gap.get().seal());
                head = gap.get().last();
                passed();
            } else {
                found(Fault.MISSING, first, link.number() - 1, asItStands(link));
                head = new Head(link.number(), link.seal());
                passed();
                return;
            }
        }
        if (!link.seal().equals(chain.seal(head, link.entry()))) {
            found(Fault.CHANGED, link.number(), link.number(), asItStands(link));
        } else {
            Acceptance.of(link.entry()).ifPresent(it -> accepted.put(it.finding(), it));
        }
        head = new Head(link.number(), link.seal());
        passed();
    }

    /// Changes when somebody touches it once more.
    private String asItStands(AuditTable.Sealed link) {
        return chain.seal(new Head(link.number(), link.seal()), link.entry());
    }

    private void found(Fault fault, long first, long last, String seal) {
        found(fault, first, last, seal, Optional.empty());
    }

    private void found(Fault fault, long first, long last, String seal, Optional<Claim> claim) {
        if (findings.size() < MOST_FINDINGS) {
            var print = seal.substring(0, PRINT);
            findings.add(new Finding(fault, first, last, print, claim, Optional.empty()));
        } else if (dropped.isEmpty()) {
            dropped = OptionalLong.of(first);
        }
    }
}
