// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waymark.node.TwoNodes.agreementOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.waymark.federation.signature.PublicKeys;
import org.waymark.federation.signature.VerificationKey;
import org.waymark.federation.vocabulary.Actor;
import org.waymark.federation.vocabulary.Multikey;
import org.waymark.federation.vocabulary.Reading;
import org.waymark.node.TestNode;
import org.waymark.node.TwoNodes;
import org.waymark.node.account.Access;
import org.waymark.node.peer.AgreementState;
import org.waymark.node.peer.Agreements.SealingKey;
import org.waymark.node.peer.PeeringObserver.Copied;
import org.waymark.node.privacy.AccountId;
import org.waymark.node.privacy.Acting;
import org.waymark.node.privacy.Purpose;

/// A clinic gets new keys, and its partner the shelter goes on with it.
class KeyChangesTest {
    private static final TwoNodes NODES = new TwoNodes();

    private final TwoNodes nodes = NODES;
    private final TestNode shelter = nodes.shelter;
    private final TestNode clinic = nodes.clinic;

    @AfterAll
    static void close() {
        NODES.close();
    }

    @BeforeEach
    void partnerAnew() {
        nodes.separate();
        nodes.peer();
        nodes.partner();
    }

    @Test
    void theNewKeysSignAtOnceAndTheOldOnesStayListedForAWeek() {
        var before = keys(clinicSeen());
        var fromNow = replace();

        assertThat(keys(clinicSeen()))
                .startsWith(fromNow.rsaId())
                .contains(fromNow.ed25519Id())
                .containsAll(before);
        assertThat(VerificationKey.listedBy(clinicSeen(), before.getFirst()))
                .isInstanceOf(Reading.Read.class);

        nodes.clock.advance(ActorKeys.LISTED_AFTERWARDS);
        assertThat(keys(clinicSeen())).containsExactly(fromNow.rsaId(), fromNow.ed25519Id());
    }

    @Test
    void aPartnerTakesWhatIsSignedWithTheNewKeys() {
        replace();

        clinic.domains()
                .agreements()
                .end(clinic.acting(), agreementOf(clinic, shelter).id(), Copied.KEEP);
        nodes.settle();

        assertThat(agreementOf(shelter, clinic).state()).isEqualTo(AgreementState.ENDED);
    }

    @Test
    void whoReliesOnTheFirstKeyFollowsTheClinicThroughTwoChanges() {
        replace();
        nodes.clock.advance(Duration.ofDays(10));
        var last = replace();
        // A sealing key is published for 30 days; the next one is announced by the last key.
        nodes.clock.advance(Duration.ofDays(31));

        assertThat(sealingKey()).isInstanceOf(SealingKey.Use.class);
        assertThat(agreementOf(shelter, clinic).pinned().orElseThrow().signer())
                .isEqualTo(PublicKeys.multikey(last.ed25519().getPublic()));
    }

    @Test
    void aChangeThatTheOldKeyDidNotVouchForLeadsNowhere() {
        var first = signer(clinicSeen());
        replace();
        var last = clinicSeen();

        assertThat(SignerAnnouncement.leads(last, first, signer(last))).isTrue();
        var forged = last.json().deepCopy();
        for (var change : forged.path(SignerAnnouncement.MEMBER)) {
            ((ObjectNode) change).put("waymark:announcement", "AAAA");
        }
        assertThat(SignerAnnouncement.leads(new Actor(forged), first, signer(last))).isFalse();
    }

    @Test
    void onlyTheNodeChangesItsOwnKeys() {
        var change = clinic.domains().keyChanges();

        var somebody =
                new Acting(
                        new AccountId(UUID.randomUUID()),
                        clinic.organization().id(),
                        Purpose.ADMINISTRATION);
        assertThatThrownBy(() -> change.replace(somebody, Optional.empty()))
                .isInstanceOf(Access.Denied.class);
        assertThat(change.replace(Acting.node(), Optional.empty()).actor())
                .isEqualTo(clinic.domains().baseUrl().resolve("/actor"));
    }

    private ActorKeys.Pairs replace() {
        return clinic.domains()
                .keyChanges()
                .replace(Acting.node(), Optional.of(clinic.organization().id()));
    }

    /// As the clinic's server shows it now.
    private Actor clinicSeen() {
        return shelter.domains().remoteActors().refresh(clinic.organizationActor()).orElseThrow();
    }

    private static Multikey signer(Actor actor) {
        return actor.assertionMethods().getFirst().key();
    }

    private static List<URI> keys(Actor actor) {
        var rsa = actor.publicKeys().stream().map(Actor.PemKey::id);
        return Stream.concat(rsa, actor.assertionMethods().stream().map(Actor.KeyEntry::id))
                .toList();
    }

    private SealingKey sealingKey() {
        return shelter.domains()
                .agreements()
                .sealingKey(
                        shelter.acting(), shelter.organization().id(), clinic.organizationActor());
    }
}
