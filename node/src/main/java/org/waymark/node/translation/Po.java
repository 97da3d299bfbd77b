// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.waymark.node.translation.TextFile.State;
import org.waymark.node.translation.TextFile.Unit;
import org.waymark.node.translation.TextFile.UnusableException;

/// PO files as gettext and its programs read them: `msgctxt` is where a text belongs, and `fuzzy`
/// what a machine wrote or what is out of date.
public final class Po {

    private static final String MARK = "waymark-mark: ";
    private static final String STATE = "waymark-state: ";

    private Po() {}

    public static byte[] write(TextFile file) {
        var po = new StringBuilder();
        po.append("msgid \"\"\nmsgstr \"\"\n");
        for (var header :
                new String[] {
                    "MIME-Version: 1.0",
                    "Content-Type: text/plain; charset=UTF-8",
                    "Content-Transfer-Encoding: 8bit",
                    "Language: " + file.to(),
                    "X-Source-Language: " + file.from()
                }) {
            po.append(quoted(header + "\n")).append('\n');
        }
        for (var unit : file.units()) {
            po.append("\n#. ").append(unit.about().replaceAll("\\s+", " ")).append('\n');
            if (!unit.mark().isEmpty()) {
                po.append("#. ").append(MARK).append(unit.mark()).append('\n');
            }
            if (unit.state() == State.MACHINE || unit.state() == State.STALE) {
                var state = unit.state() == State.MACHINE ? "machine" : "stale";
                po.append("#. ").append(STATE).append(state).append('\n');
                po.append("#, fuzzy\n");
            }
            po.append("msgctxt ").append(quoted(unit.id())).append('\n');
            po.append("msgid ").append(quoted(unit.source())).append('\n');
            po.append("msgstr ").append(quoted(unit.target())).append('\n');
        }
        return po.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\r", "")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t")
                + '"';
    }

    public static TextFile read(byte[] bytes) throws UnusableException {
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        var reading = new Reading();
        for (var line : text.split("\\R", -1)) {
            reading.line(line.strip());
        }
        return reading.file();
    }

    private static final class Reading {
        private final ArrayList<Unit> units = new ArrayList<>();
        private Map<String, StringBuilder> entry = new HashMap<>();
        private String current = "";
        private boolean fuzzy;
        private String mark = "";
        private String state = "";
        private String header = "";

        void line(String line) throws UnusableException {
            if (line.isEmpty()) {
                end();
            } else if (line.startsWith("#~")) {
                // What a program keeps of texts that are gone.
                current = "";
            } else if (line.startsWith("#")) {
                if (entry.containsKey("msgstr")) {
                    end();
                }
                comment(line);
            } else if (line.startsWith("\"")) {
                add(line);
            } else {
                var space = line.indexOf(' ');
                var word = space < 0 ? line : line.substring(0, space);
                if (word.equals("msgctxt") && entry.containsKey("msgstr")
                        || word.equals("msgid") && entry.containsKey("msgid")) {
                    end();
                }
                current = word;
                entry.put(word, new StringBuilder());
                add(space < 0 ? "" : line.substring(space + 1).strip());
            }
        }

        private void comment(String line) {
            if (line.startsWith("#,")) {
                fuzzy |= line.contains("fuzzy");
            } else if (line.startsWith("#. " + MARK)) {
                mark = line.substring(3 + MARK.length()).strip();
            } else if (line.startsWith("#. " + STATE)) {
                state = line.substring(3 + STATE.length()).strip();
            }
        }

        private void add(String quoted) throws UnusableException {
            if (current.isEmpty()) {
                return;
            }
            if (quoted.length() < 2 || !quoted.startsWith("\"") || !quoted.endsWith("\"")) {
                throw new UnusableException("file-malformed", "Not a line of PO: " + quoted);
            }
            var target = entry.computeIfAbsent(current, _ -> new StringBuilder());
            for (int i = 1; i < quoted.length() - 1; i++) {
                var c = quoted.charAt(i);
                if (c != '\\') {
                    target.append(c);
                    continue;
                }
                i++;
                target.append(
                        switch (quoted.charAt(i)) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            default -> quoted.charAt(i);
                        });
            }
        }

        private void end() {
            var source = text("msgid");
            if (entry.containsKey("msgid") && source.isEmpty()) {
                header = text("msgstr");
            } else if (entry.containsKey("msgid")) {
                var target = text("msgstr");
                var kept = state.equals("machine") ? State.MACHINE : State.STALE;
                units.add(
                        new Unit(
                                text("msgctxt"),
                                "",
                                source,
                                target,
                                target.isEmpty() ? State.MISSING : fuzzy ? kept : State.REVIEWED,
                                mark));
            }
            entry = new HashMap<>();
            current = "";
            fuzzy = false;
            mark = "";
            state = "";
        }

        private String text(String word) {
            return entry.containsKey(word) ? entry.get(word).toString() : "";
        }

        TextFile file() throws UnusableException {
            end();
            var to = header("Language");
            var from = header("X-Source-Language");
            if (to.isEmpty() || from.isEmpty()) {
                throw new UnusableException("file-wrong", "The file names no two languages.");
            }
            return new TextFile(from, to, units);
        }

        private String header(String name) {
            return header.lines()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }
    }
}
