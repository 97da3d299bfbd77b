// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.translation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.waymark.node.translation.TextFile.State;
import org.waymark.node.translation.TextFile.Unit;
import org.waymark.node.translation.TextFile.UnusableException;

/// XLIFF 2.0 (OASIS): one unit a text, its state as the standard has it and, where the standard has
/// no word, in a note. What a program adds inside is read as the text it holds.
public final class Xliff {

    private static final String NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0";
    private static final String MARK = "waymark-mark";
    private static final String STATE = "waymark-state";

    // What XML 1.0 cannot hold, section 2.2.
    private static final String NOT_XML =
            "[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]";

    private Xliff() {}

    public static byte[] write(TextFile file) {
        var bytes = new ByteArrayOutputStream();
        try {
            var xml = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeCharacters("\n");
            xml.writeStartElement("xliff");
            xml.writeDefaultNamespace(NAMESPACE);
            xml.writeAttribute("version", "2.0");
            xml.writeAttribute("srcLang", file.from());
            xml.writeAttribute("trgLang", file.to());
            xml.writeStartElement("file");
            xml.writeAttribute("id", "listings");
            for (var unit : file.units()) {
                write(xml, unit);
            }
            xml.writeEndElement();
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(XMLStreamWriter xml, Unit unit) throws XMLStreamException {
        xml.writeCharacters("\n");
        xml.writeStartElement("unit");
        xml.writeAttribute("id", unit.id());
        xml.writeAttribute("name", clean(unit.about()));
        xml.writeStartElement("notes");
        note(xml, MARK, unit.mark());
        note(xml, STATE, unit.state().name().toLowerCase(Locale.ROOT));
        xml.writeEndElement();
        xml.writeStartElement("segment");
        xml.writeAttribute(
                "state",
                switch (unit.state()) {
                    case MISSING -> "initial";
                    case MACHINE, STALE -> "translated";
                    case REVIEWED -> "reviewed";
                });
        text(xml, "source", unit.source());
        if (unit.state() != State.MISSING) {
            text(xml, "target", unit.target());
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private static void note(XMLStreamWriter xml, String category, String text)
            throws XMLStreamException {
        if (!text.isEmpty()) {
            xml.writeStartElement("note");
            xml.writeAttribute("category", category);
            xml.writeCharacters(text);
            xml.writeEndElement();
        }
    }

    private static void text(XMLStreamWriter xml, String element, String text)
            throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeAttribute("xml:space", "preserve");
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    private static String clean(String text) {
        return text.replaceAll(NOT_XML, "");
    }

    /// Reads what [#write] wrote and a translator's program changed. No document type is read, no
    /// entity but XML's own is opened, nothing is fetched.
    public static TextFile read(byte[] bytes) throws UnusableException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            var xml = factory.createXMLStreamReader(new ByteArrayInputStream(bytes));
            var reading = new Reading();
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.DTD ->
                            throw new UnusableException(
                                    "file-unsafe", "The file brings a document type.");
                    case XMLStreamConstants.ENTITY_REFERENCE ->
                            throw new UnusableException("file-unsafe", "The file uses an entity.");
                    case XMLStreamConstants.START_ELEMENT -> reading.start(xml);
                    case XMLStreamConstants.END_ELEMENT -> reading.end();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
                            reading.text(xml.getText());
                    default -> {}
                }
            }
            return reading.file();
        } catch (XMLStreamException e) {
            throw new UnusableException("file-malformed", "The file is not XML.");
        }
    }

    /// The states of the standard, the least finished first.
    private enum Segment {
        INITIAL,
        TRANSLATED,
        REVIEWED,
        FINAL;

        /// What the standard does not know, or what is not said, is the first of them.
        static Segment of(String word) {
            return switch (word) {
                case "translated" -> TRANSLATED;
                case "reviewed" -> REVIEWED;
                case "final" -> FINAL;
                default -> INITIAL;
            };
        }
    }

    private static final class Reading {
        private Optional<String> from = Optional.empty();
        private String to = "";
        private final ArrayList<Unit> units = new ArrayList<>();
        private String id = "";
        private String about = "";
        private String note = "";
        private String mark = "";
        private String state = "";
        private Segment segment = Segment.FINAL;
        private StringBuilder source = new StringBuilder();
        private StringBuilder target = new StringBuilder();
        private final ArrayDeque<String> path = new ArrayDeque<>();

        void start(XMLStreamReader xml) throws UnusableException {
            path.push(NAMESPACE.equals(xml.getNamespaceURI()) ? xml.getLocalName() : "");
            if (path.size() == 1) {
                if (!isAt("xliff")) {
                    throw new UnusableException("file-wrong", "The file is not XLIFF 2.0.");
                }
                from = Optional.of(attribute(xml, "srcLang"));
                to = attribute(xml, "trgLang");
            } else if (isAt("unit")) {
                id = attribute(xml, "id");
                about = attribute(xml, "name");
                mark = "";
                state = "";
                segment = Segment.FINAL;
                source = new StringBuilder();
                target = new StringBuilder();
            } else if (isAt("note")) {
                note = attribute(xml, "category");
            } else if (isAt("segment", "unit")) {
                // A program may cut a text into several; the least finished counts.
                var given = Segment.of(attribute(xml, "state"));
                segment = given.compareTo(segment) < 0 ? given : segment;
            }
        }

        /// Whether we are in an element, it in the next one, and so on. What modules keep beside
        /// the segments, such as suggestions of a program, has sources and targets too.
        private boolean isAt(String... names) {
            return path.size() >= names.length
                    && path.stream().limit(names.length).toList().equals(List.of(names));
        }

        private boolean isInText(String name) {
            var names = List.copyOf(path);
            var at = names.indexOf(name);
            return at >= 0
                    && names.size() > at + 2
                    && List.of("segment", "ignorable").contains(names.get(at + 1))
                    && names.get(at + 2).equals("unit");
        }

        void end() {
            if (isAt("note")) {
                note = "";
            } else if (isAt("unit")) {
                var unit = new Unit(id, about, source.toString(), target.toString(), state(), mark);
                units.add(unit);
            }
            path.pop();
        }

        void text(String text) {
            if (isInText("source")) {
                source.append(text);
            } else if (isInText("target")) {
                target.append(text);
            } else if (note.equals(MARK)) {
                mark += text.strip();
            } else if (note.equals(STATE)) {
                state += text.strip();
            }
        }

        private State state() {
            if (target.isEmpty() || segment == Segment.INITIAL) {
                return State.MISSING;
            }
            if (segment != Segment.TRANSLATED) {
                return State.REVIEWED;
            }
            return state.equals("machine")
                    ? State.MACHINE
                    : state.equals("stale") ? State.STALE : State.REVIEWED;
        }

        TextFile file() throws UnusableException {
            if (from.isEmpty() || to.isEmpty()) {
                throw new UnusableException("file-wrong", "The file names no two languages.");
            }
            return new TextFile(from.get(), to, units);
        }

        private static String attribute(XMLStreamReader xml, String name) {
            var value = xml.getAttributeValue(null, name);
            return value == null ? "" : value;
        }
    }
}
