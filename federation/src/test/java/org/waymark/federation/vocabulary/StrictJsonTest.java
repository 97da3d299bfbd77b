// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {

    @Tag("attack:verified-copy-differs")
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a":1,"a":2}                     | json-duplicate-member
                    {"a":{"b":1,"b":1}}               | json-duplicate-member
                    [1]                               | json-not-an-object
                    "text"                            | json-not-an-object
                    {"a":                             | json-malformed
                    {"a":1} x                         | json-malformed
                    {"a":1}{"b":2}                    | json-malformed
                    {'a':1}                           | json-malformed
                    {"a":NaN}                         | json-malformed
                    {"a":"\\ud800"}                   | json-lone-surrogate
                    {"a":"\\udc00\\ud800"}            | json-lone-surrogate
                    {"\\ud800":1}                     | json-lone-surrogate
                    {"a":["\\u0000"]}                 | json-nul
                    {"a":1e999999999999}              | json-number-out-of-range
                    {"a":[1e999999999]}               | json-number-out-of-range
                    {"a":-1e-999999999}               | json-number-out-of-range
                    {"@graph":[]}                     | json-ld-keyword-refused
                    {"a":{"@included":[]}}            | json-ld-keyword-refused
                    {"a":[{"@reverse":{}}]}           | json-ld-keyword-refused
                    """)
    void refuses(String document, String code) {
        assertThat(read(document)).isEqualTo(new Reading.Refused<ObjectNode>(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a":1,"A":2}
                    {"a":[1e308,-1.5e-300,0e0]}
                    {"a":{"b":1},"c":{"b":1}}
                    {"a":"\\ud83d\\ude00"}
                    {"@context":[],"@id":"x"}
                    {"unknown":{"kept":[1,2.50,null,true]}}
                    {"a":"مرحبا"}
                    """)
    void acceptsTheirNeighbours(String document) {
        assertThat(read(document)).isInstanceOf(Reading.Read.class);
    }

    @Tag("attack:hundred-thousand-brackets")
    @Test
    void refusesTheThirtyThirdLevelAndAcceptsTheThirtySecond() {
        assertThat(read(nested(32))).isInstanceOf(Reading.Read.class);

        assertThat(read(nested(33))).isEqualTo(new Reading.Refused<ObjectNode>("json-too-deep"));
        assertThat(read("{\"a\":" + "[".repeat(100_000)))
                .isEqualTo(new Reading.Refused<ObjectNode>("json-too-deep"));
    }

    @Test
    void refusesOneByteMoreThanAMegabyte() {
        String most = "{\"a\":\"" + "x".repeat(StrictJson.MAX_DOCUMENT_BYTES - 8) + "\"}";

        assertThat(read(most)).isInstanceOf(Reading.Read.class);
        assertThat(read(most + " "))
                .isEqualTo(new Reading.Refused<ObjectNode>("document-too-large"));
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] latin1 = "{\"a\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(StrictJson.read(latin1))
                .isEqualTo(new Reading.Refused<ObjectNode>("json-not-utf8"));
        assertThat(StrictJson.read(utf16)).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void writesWhatItReadWithoutLosingAMember() {
        String document = "{\"b\":1.50,\"a\":[{\"x\":null}],\"n\":12345678901234567890}";

        byte[] written = StrictJson.write(read(document).orElseThrow());

        assertThat(new String(written, StandardCharsets.UTF_8)).isEqualTo(document);
    }

    private static String nested(int levels) {
        return "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    private static Reading<ObjectNode> read(String document) {
        return StrictJson.read(document.getBytes(StandardCharsets.UTF_8));
    }
}
