// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.search;

import java.text.Normalizer;
import java.util.Locale;

/// Makes spellings equal that people do not tell apart when they type: accents, Arabic vowel signs,
/// hamza seats, Persian and Arabic forms of one letter, digits of any script, apostrophes.
public final class Folding {

    private static final char TATWEEL = '\u0640';

    private Folding() {}

    public static String fold(String text) {
        if (isPlain(text)) {
            return text.toLowerCase(Locale.ROOT).replace('\'', ' ').replace('`', ' ');
        }
        var decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var folded = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            fold(decomposed, i, folded);
        }
        // Scripts whose marks are letters (Devanagari, Hangul ...) get their composed form back.
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    // Of ASCII alone, as most of what lies in a large directory: nothing to take apart in it.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    private static void fold(String text, int position, StringBuilder folded) {
        char c = text.charAt(position);
        if (isDropped(c)) {
            return;
        }
        switch (c) {
            case 'ß' -> folded.append("ss");
            case 'æ' -> folded.append("ae");
            case 'œ' -> folded.append("oe");
            case 'ø' -> folded.append('o');
            case 'ł' -> folded.append('l');
            case 'đ', 'ð' -> folded.append('d');
            case 'ı' -> folded.append('i');
            case 'ґ' -> folded.append('г');
            case 'ى', 'ی', 'ې', 'ے' -> folded.append('ي');
            case 'ک', 'ڪ' -> folded.append('ك');
            case 'ة', 'ە', 'ہ', 'ھ', 'ۀ', 'ۃ' -> folded.append('ه');
            case 'ۆ', 'ۇ', 'ۋ' -> folded.append('و');
            case 'ٱ' -> folded.append('ا');
            case '\'', '’', 'ʼ', '`' -> apostrophe(text, position, folded);
            default -> folded.append(digit(c));
        }
    }

    /// Latin words part at the apostrophe (l'asile, women's); in Ukrainian it is no letter of its
    /// own and often left out (здоров'я).
    private static void apostrophe(String text, int position, StringBuilder folded) {
        var before = position == 0 ? ' ' : text.charAt(position - 1);
        if (Character.UnicodeScript.of(before) != Character.UnicodeScript.CYRILLIC) {
            folded.append(' ');
        }
    }

    private static boolean isDropped(char c) {
        return (c >= '\u0300' && c <= '\u036F') // accents on Latin, Greek, Cyrillic
                || (c >= '\u0591' && c <= '\u05C7') // Hebrew points
                || (c >= '\u064B' && c <= '\u065F') // Arabic vowel signs, hamza and madda on a seat
                || c == '\u0670'
                || (c >= '\u06D6' && c <= '\u06ED')
                || c == 'ء'
                || c == TATWEEL
                || Character.getType(c)
                        == Character.FORMAT; // joiners, direction marks, soft hyphen
    }

    private static char digit(char c) {
        return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER
                ? Character.forDigit(Character.digit(c, 10), 10)
                : c;
    }
}
