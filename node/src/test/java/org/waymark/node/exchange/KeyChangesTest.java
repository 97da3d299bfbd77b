// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.waymark.node.TwoNodes.agreementOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
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
import org.waymark.node.privacy.RecoveryKey;

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
    @Tag("attack:key-stolen")
    void aKeyThatWasReplacedVouchesForNoRecoverySheet() {
        var stolen = replace();
        clinicSeen();
        nodes.clock.advance(Duration.ofDays(1));
        replace();
        clinicSeen();

        assertNothingFollows(stolen.ed25519());
    }

    @Test
    @Tag("attack:key-stolen")
    void aKeyThatAPersonReplacedByPhoneVouchesForNoRecoverySheet() {
        var stolen = replace();
        clinicSeen();
        var withoutSheet = document(key("Ed25519"), RecoveryKey.create(new SecureRandom()));
        withoutSheet.json().remove(ActorKeyAnnouncement.RECOVERY);
        shelter.domains().remoteActors().put(withoutSheet);
        assertThat(sealingKey()).isInstanceOf(SealingKey.Changed.class);
        confirm();
        assertThat(sealingKey()).isInstanceOf(SealingKey.Use.class);

        assertNothingFollows(stolen.ed25519());
    }

    /// However often it is read.
    private void assertNothingFollows(KeyPair stolen) {
        var document = document(stolen, RecoveryKey.create(new SecureRandom()));
        for (int reading = 0; reading < 3; reading++) {
            shelter.domains().remoteActors().put(document);
            assertThat(sealingKey()).isInstanceOf(SealingKey.Changed.class);
        }
        clinicSeen();
        confirm();
    }

    private void confirm() {
        var agreement = agreementOf(shelter, clinic);
        shelter.domains()
                .agreements()
                .confirmKey(shelter.acting(), agreement.id(), agreement.changedKey().orElseThrow());
    }

    /// What somebody shows at the clinic's address who has this key of it.
    private Actor document(KeyPair signer, RecoveryKey.Created sheet) {
        var json = clinicSeen().json().deepCopy();
        var actor = clinic.organizationActor();
        var rsa = key("RSA").getPublic();
        var multikey = PublicKeys.multikey(signer.getPublic());
        var recovery = new Multikey(Multikey.Kind.ED25519, sheet.publicHalf());
        json.remove(SignerAnnouncement.MEMBER);
        json.putObject("publicKey")
                .put("id", actor + "#rsa")
                .put("owner", actor.toString())
                .put("publicKeyPem", PublicKeys.pem(rsa))
                .put(
                        ListedKeyAnnouncement.MEMBER,
                        ListedKeyAnnouncement.sign(signer.getPrivate(), actor, rsa));
        json.putArray("assertionMethod")
                .addObject()
                .put("id", actor + "#ed25519")
                .put("type", "Multikey")
                .put("controller", actor.toString())
                .put("publicKeyMultibase", multikey.multibase())
                .put(
                        ActorKeyAnnouncement.MEMBER,
                        ActorKeyAnnouncement.sign(sheet.key(), actor, multikey, rsa));
        json.put(ActorKeyAnnouncement.RECOVERY, recovery.multibase())
                .put(
                        RecoveryAnnouncement.WORD,
                        RecoveryAnnouncement.sign(signer.getPrivate(), actor, recovery));
        return new Actor(json);
    }

    private static KeyPair key(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
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
