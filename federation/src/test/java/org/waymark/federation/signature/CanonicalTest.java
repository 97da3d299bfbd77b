// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waymark.federation.vocabulary.StrictJson;

/// RFC 8785 by its own examples and those published with it.
class CanonicalTest {

    /// Appendix B, every row.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2",
    })
    void numbersAreWrittenAsInAppendixB(String bits, String text) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(Canonical.number(value)).isEqualTo(text);
    }

    @Test
    void whatIsNoNumberIsRefused() {
        for (long bits : new long[] {0x7fffffffffffffffL, 0x7ff0000000000000L}) {
            assertThatThrownBy(() -> Canonical.number(Double.longBitsToDouble(bits)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Canonical.bytes(json("[1e400]")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMillionNumbersAreReadAgainAsThemselvesAndNoneIsLongerThanJavas() {
        var seed = 20_260_203L;
        var random = new Random(seed);
        for (int i = 0; i < 1_000_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Canonical.number(value)))
                        .as("seed %s, number %s", seed, i)
                        .isEqualTo(value == 0 ? 0 : value);
            }
        }
    }

    @Test
    void theExamplesOfTheRfcComeOutByteForByte() {
        check(
                """
                {"numbers": [333333333.33333329, 1E30, 4.50,
                             2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}
                """,
                """
                {"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],\
                "string":"€$\\u000f\\nA'B\\"\\\\\\\\\\"/"}""");
        check(
                """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return",
                 "\\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
                 "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}
                """,
                "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void theExamplesPublishedWithTheRfcComeOutByteForByte() {
        check(
                "[56, {\"d\": true, \"10\": null, \"1\": [ ]}]",
                "[56,{\"1\":[],\"10\":null,\"d\":true}]");
        check(
                """
                {"peach": "This sorting order", "péché": "is wrong according to French",
                 "pêche": "but canonicalization MUST", "sin": "ignore locale"}""",
                """
                {"peach":"This sorting order","péché":"is wrong according to French",\
                "pêche":"but canonicalization MUST","sin":"ignore locale"}""");
        check(
                """
                {"1": {"f": {"f": "hi","F": 5} ,"\\n": 56.0}, "10": { }, "": "empty", "a": { },
                 "111": [ {"e": "yes","E": "no" } ], "A": { }}""",
                """
                {"":"empty","1":{"\\n":56,"f":{"F":5,"f":"hi"}},"10":{},\
                "111":[{"E":"no","e":"yes"}],"A":{},"a":{}}""");
        check("{\"Unnormalized Unicode\":\"A\\u030a\"}", "{\"Unnormalized Unicode\":\"A\u030a\"}");
        check(
                "{\"\\n\":1,\"</script>\":\"\\u007f\",\"\\b\\t\\f\":\"\\u001f\"}",
                "{\"\\b\\t\\f\":\"\\u001f\",\"\\n\":1,\"</script>\":\"\u007f\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740991,       true",
        "9007199254740992,       true",
        "9007199254740993,       false",
        "1769936400000,          true",
        "52.520008,              true",
        "4.50,                   true",
        "0.1000000000000000055,  false",
        "0.1,                    true",
        "1e400,                  false",
    })
    void tellsWhetherANumberSurvives(String number, boolean survives) {
        assertThat(Canonical.isExact(json("[" + number + "]"))).isEqualTo(survives);
    }

    private static void check(String text, String canonical) {
        byte[] bytes = Canonical.bytes(json(text));

        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(canonical);
        assertThat(Canonical.bytes(json(canonical))).isEqualTo(bytes);
    }

    /// As strangers' documents are read; arrays, which are no documents, by the same rules.
    private static JsonNode json(String text) {
        if (text.startsWith("{")) {
            return StrictJson.read(text.getBytes(StandardCharsets.UTF_8)).orElseThrow();
        }
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build()
                    .readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
