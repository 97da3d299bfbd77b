// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.node.translation.TextFile.State;
import org.waymark.node.translation.TextFile.Unit;
import org.waymark.node.translation.TextFile.UnusableException;

/// What goes to translators comes back as it went; what is masked does too.
class TextFilesTest {

    private static final TextFile FILE =
            new TextFile(
                    "en",
                    "ar",
                    List.of(
                            unit("a.name", "Food & <rest> \"here\"", "", State.MISSING, ""),
                            unit(
                                    "a.description",
                                    "One.\n\nTwo\\n.\t3",
                                    "واحد.\n\nاثنان",
                                    State.REVIEWED,
                                    "1f"),
                            unit("b.name", "Machine", "آلة", State.MACHINE, "2f"),
                            unit("b.bring", "Old", "قديم", State.STALE, "3f")));

    @Test
    void xliffComesBackAsItWent() throws UnusableException {
        assertThat(Xliff.read(Xliff.write(FILE))).isEqualTo(FILE);
    }

    @Test
    void poComesBackAsItWentButForWhatIsOnlyForTheReader() throws UnusableException {
        var back = Po.read(Po.write(FILE));

        assertThat(back.units())
                .isEqualTo(
                        FILE.units().stream()
                                .map(
                                        it ->
                                                new Unit(
                                                        it.id(),
                                                        "",
                                                        it.source(),
                                                        it.target(),
                                                        it.state(),
                                                        it.mark()))
                                .toList());
        assertThat(back.to()).isEqualTo("ar");
    }

    @Test
    void segmentsAndTagsOfAProgramAreReadAsTheirText() throws UnusableException {
        var xml =
                """
                <xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="ar">
                <file id="f"><unit id="a.name">
                <segment state="final"><source>One. </source><target>واحد. </target></segment>
                <segment state="final"><source>Two <pc id="1">bold</pc></source><target>اثنان <pc id="1">غامق</pc></target></segment>
                </unit></file></xliff>
                """;

        assertThat(Xliff.read(xml.getBytes(StandardCharsets.UTF_8)).units())
                .containsExactly(
                        new Unit(
                                "a.name",
                                "",
                                "One. Two bold",
                                "واحد. اثنان غامق",
                                State.REVIEWED,
                                ""));
    }

    @Test
    void suggestionsOfAProgramAreNoTextAndTheLeastFinishedSegmentCounts() throws UnusableException {
        var xml =
                """
                <xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"
                version="2.0" srcLang="en" trgLang="ar">
                <file id="f"><unit id="a.name">
                <mtc:matches><mtc:match ref="#1"><source>Wrong. </source><target>خطأ. </target></mtc:match></mtc:matches>
                <notes><note category="waymark-state">machine</note></notes>
                <segment state="reviewed"><source>One.</source><target>واحد.</target></segment>
                <ignorable><source> </source><target> </target></ignorable>
                <segment state="translated"><source>Two.</source><target>اثنان.</target></segment>
                </unit></file></xliff>
                """;

        assertThat(Xliff.read(xml.getBytes(StandardCharsets.UTF_8)).units())
                .containsExactly(
                        new Unit("a.name", "", "One. Two.", "واحد. اثنان.", State.MACHINE, ""));
    }

    @Test
    void aFileThatReachesForOthersIsRefused() {
        for (var evil :
                List.of(
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
                        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><x>&b;</x>")) {
            assertThatThrownBy(() -> Xliff.read(evil.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(UnusableException.class);
        }
        for (var wrong : List.of("", "<a/>", "{}", "msgid \"a\nmsgstr")) {
            assertThatThrownBy(() -> Xliff.read(wrong.getBytes(StandardCharsets.UTF_8)))
                    .as(wrong)
                    .isInstanceOf(UnusableException.class);
            assertThatThrownBy(() -> Po.read(wrong.getBytes(StandardCharsets.UTF_8)))
                    .as(wrong)
                    .isInstanceOf(UnusableException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "We help with asylum., we help with  asylum, false",
        "We help with assylum., We help with asylum., false",
        "Consultatoin for families, Consultation for families, false",
        "We are open., We are closed., true",
        "legal help, illegal help, true",
        "open Monday, open Sunday, true",
        "Call 12 34, Call 12 35, true",
        "for men, for women, true",
        "You can come, You cannot come, true",
        "It costs 5 euro, It costs 50 euro, true",
    })
    void aTypingErrorIsNoChangeAndAWordIs(String before, String now, boolean real) {
        assertThat(SourceChange.isReal(before, now)).isEqualTo(real);
    }

    @Test
    void onlyTheParagraphThatChangedIsNamed() {
        assertThat(
                        SourceChange.paragraphs(
                                "One here.\n\nTwo there.", "One here.\n\nTwo elsewhere."))
                .containsExactly("Two elsewhere.");
        assertThat(SourceChange.paragraphs("One here.", "One here.\nAnd two."))
                .containsExactly("And two.");
        assertThat(SourceChange.isReal("One here.\nAnd two.", "One here.")).isTrue();
    }

    @Test
    void namesNumbersAndAddressesNeverLeaveAndComeBackInTheirPlace() {
        var mask = new Mask(List.of("IOM", "House of Hope"));
        var text =
                "House of Hope & IOM: call +44 (0)1632 960-101, Mon 9:00–12:00, ask Ms Amal Haddad"
                        + " <amal@hope.example> or https://hope.example/x?a=1. It costs 5,50.";

        var masked = mask.mask(text);

        assertThat(masked.text())
                .doesNotContain("Hope", "IOM", "1632", "Amal", "Haddad", "example", "5,50")
                .contains("&amp;", "It costs");
        assertThat(masked.unmask(masked.text())).hasValue(text);
        assertThat(masked.unmask(masked.text().replace("<x id=\"1\"/>", ""))).isEmpty();
        assertThat(masked.unmask(masked.text() + "<x id=\"0\"></x>")).isEmpty();
    }

    private static Unit unit(String id, String source, String target, State state, String mark) {
        return new Unit(id, "About " + id, source, target, state, mark);
    }
}
