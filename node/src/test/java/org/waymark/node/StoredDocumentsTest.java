// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Records that Jackson reads from rows and from partners, found by who reads them: what is stored
/// today is read by the program of tomorrow, and what a newer program wrote by this one.
///
/// `stored/members.txt` names the members of each, with a "?" those that it need not have. A new
/// record or member is added to it with `-Dwaymark.golden=write`; a member that comes to an old one
/// is an `Optional`, for no row that lies there has it. One that goes, or is called otherwise, is
/// in each of these rows: it is named in `GONE`, with how they are read.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoredDocumentsTest {

    private static final Path MEMBERS = Path.of("src/test/resources/stored/members.txt");
    private static final Set<String> GONE = Set.of();
    private static final Set<String> READS = Set.of("readValue", "treeToValue", "read");
    private static final Set<String> READERS =
            Set.of("ObjectMapper", "JsonMapper", "ReferralJson", "CaseFiles");

    /// What is read and never stored, each with its reason.
    private static final Map<String, String> NOT_STORED =
            Map.of("org.waymark.node.guide.Country", "a file of the operator: a mistake is named");

    /// Texts that only mean something in one form.
    private static final Map<String, String> TEXTS = Map.of("code", "housing");

    private final Map<Class<?>, ObjectMapper> roots = new LinkedHashMap<>();

    @BeforeAll
    void find() throws ReflectiveOperationException {
        var classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.waymark.node");
        var referral = mapper(Class.forName("org.waymark.node.referral.ReferralJson"));
        for (var kind :
                Class.forName("org.waymark.node.referral.ReferralEvent$Kind").getEnumConstants()) {
            var content = kind.getClass().getDeclaredMethod("content");
            content.setAccessible(true);
            roots.put((Class<?>) content.invoke(kind), referral);
        }
        for (var unit : readers(classes)) {
            var mapper =
                    Stream.of(unit.getOwner().reflect().getDeclaredFields())
                            .filter(it -> ObjectMapper.class.isAssignableFrom(it.getType()))
                            .findFirst();
            for (var named : unit.getReferencedClassObjects()) {
                var type = named.getRawType().reflect();
                if (type.isRecord() && !NOT_STORED.containsKey(type.getName())) {
                    roots.putIfAbsent(type, mapper.isPresent() ? value(mapper.get()) : referral);
                }
            }
        }
    }

    private static List<JavaCodeUnit> readers(JavaClasses classes) {
        return classes.stream()
                .flatMap(it -> it.getCodeUnits().stream())
                .filter(
                        it ->
                                it.getMethodCallsFromSelf().stream()
                                        .anyMatch(
                                                call ->
                                                        READS.contains(call.getName())
                                                                && READERS.contains(
                                                                        call.getTargetOwner()
                                                                                .getSimpleName())))
                .toList();
    }

    private static ObjectMapper mapper(Class<?> owner) {
        return Stream.of(owner.getDeclaredFields())
                .filter(it -> ObjectMapper.class.isAssignableFrom(it.getType()))
                .map(StoredDocumentsTest::value)
                .findFirst()
                .orElseThrow();
    }

    private static ObjectMapper value(Field field) {
        try {
            field.setAccessible(true);
            return (ObjectMapper) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void allAreFound() {
        assertThat(roots.keySet())
                .extracting(Class::getSimpleName)
                .contains("FirstStep", "Contact", "LocalNotes", "Consent", "Plan", "Content");
    }

    @Test
    void aMemberThatNobodyKnowsYetIsNoHindrance() {
        roots.forEach(
                (type, mapper) -> {
                    var sample = object(type, true);
                    var tomorrow = sample.deepCopy();
                    spread(tomorrow);

                    assertThat(tomorrow).isNotEqualTo(sample);
                    assertThat(read(mapper, tomorrow, type))
                            .as(type.getName())
                            .isEqualTo(read(mapper, sample, type));
                });
    }

    @Test
    void aMemberThatWasNotThereYetIsNoHindrance() {
        roots.forEach(
                (type, mapper) -> {
                    var whole = object(type, true);
                    read(mapper, whole, type);

                    assertThatCode(() -> read(mapper, object(type, false), type))
                            .as(type.getName())
                            .doesNotThrowAnyException();
                });
    }

    @Test
    void whatIsWrittenIsReadAsItWas() {
        roots.forEach(
                (type, mapper) -> {
                    for (var whole : List.of(true, false)) {
                        var once = read(mapper, object(type, whole), type);
                        assertThat(read(mapper, mapper.valueToTree(once), type))
                                .as(type.getName())
                                .isEqualTo(once);
                    }
                });
    }

    @Test
    void aMemberThatIsAddedMayBeAbsent() throws IOException {
        var now = new TreeMap<String, Set<String>>();
        roots.keySet().forEach(it -> note(it, now));
        if (System.getProperty("waymark.golden", "").equals("write")) {
            Files.writeString(
                    MEMBERS,
                    now.entrySet().stream()
                            .map(it -> it.getKey() + ": " + String.join(" ", it.getValue()) + "\n")
                            .collect(Collectors.joining()));
        }
        var before = new TreeMap<String, Set<String>>();
        for (var line : Files.readAllLines(MEMBERS)) {
            var cut = line.indexOf(": ");
            before.put(line.substring(0, cut), Set.of(line.substring(cut + 2).split(" ")));
        }

        assertThat(before.keySet()).as("new ones: write the file anew").containsAll(now.keySet());
        now.forEach(
                (name, members) ->
                        assertThat(before.get(name))
                                .as(name + ": rows that lie there do not have it")
                                .containsAll(
                                        members.stream().filter(it -> !isOptional(it)).toList()));
        before.forEach(
                (name, members) ->
                        assertThat(named(name, now.getOrDefault(name, Set.of())))
                                .as(name + ": rows that lie there have it")
                                .containsAll(
                                        named(name, members).stream()
                                                .filter(it -> !GONE.contains(it))
                                                .toList()));
    }

    private static boolean isOptional(String member) {
        return member.endsWith("?");
    }

    private static Set<String> named(String type, Set<String> members) {
        return members.stream()
                .filter(it -> !it.equals("-"))
                .map(it -> type + " " + it.replace("?", ""))
                .collect(Collectors.toSet());
    }

    /// The members of it and of all in it.
    private static void note(Class<?> type, Map<String, Set<String>> found) {
        if (found.containsKey(type.getName())) {
            return;
        }
        var members = new TreeSet<String>();
        found.put(type.getName(), members);
        for (var component : type.getRecordComponents()) {
            members.add(component.getName() + (mayBeAbsent(component) ? "?" : ""));
            records(component.getGenericType()).forEach(it -> note(it, found));
        }
        if (members.isEmpty()) {
            members.add("-");
        }
    }

    private static boolean mayBeAbsent(RecordComponent component) {
        return Set.of(Optional.class, OptionalInt.class, OptionalLong.class)
                        .contains(component.getType())
                || component.getType().isPrimitive();
    }

    private static List<Class<?>> records(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments())
                    .flatMap(it -> records(it).stream())
                    .toList();
        }
        return type instanceof Class<?> one && one.isRecord() ? List.of(one) : List.of();
    }

    private static Object read(ObjectMapper mapper, JsonNode json, Class<?> type) {
        try {
            return mapper.readValue(json.toString(), type);
        } catch (JsonProcessingException e) {
            throw new AssertionError(type + " from " + json, e);
        }
    }

    /// Puts something into each object.
    private static void spread(JsonNode node) {
        // An empty one inside is a map: what stands in it has a meaning.
        node.forEach(
                it -> {
                    if (!it.isEmpty()) {
                        spread(it);
                    }
                });
        if (node instanceof ObjectNode object) {
            object.putObject("of_tomorrow").put("a", 1);
        }
    }

    /// @param whole with what may be absent
    private static ObjectNode object(Class<?> type, boolean whole) {
        var json = JsonNodeFactory.instance.objectNode();
        for (var component : type.getRecordComponents()) {
            if (whole || !mayBeAbsent(component) || component.getType().isPrimitive()) {
                json.set(
                        component.getName(),
                        sample(component.getName(), component.getGenericType(), whole));
            }
        }
        return json;
    }

    private static JsonNode sample(String name, Type type, boolean whole) {
        var nodes = JsonNodeFactory.instance;
        if (type instanceof ParameterizedType parameterized) {
            var raw = (Class<?>) parameterized.getRawType();
            if (raw == Optional.class) {
                return sample(name, parameterized.getActualTypeArguments()[0], whole);
            }
            if (Collection.class.isAssignableFrom(raw)) {
                ArrayNode list = nodes.arrayNode();
                return list.add(sample(name, parameterized.getActualTypeArguments()[0], whole));
            }
            return nodes.objectNode();
        }
        var one = (Class<?>) type;
        if (one.isRecord()) {
            return object(one, whole);
        }
        if (one.isEnum()) {
            return nodes.textNode(((Enum<?>) one.getEnumConstants()[0]).name());
        }
        if (one == boolean.class || one == Boolean.class) {
            return nodes.booleanNode(true);
        }
        if (one.isPrimitive()
                || Number.class.isAssignableFrom(one)
                || one == OptionalInt.class
                || one == OptionalLong.class) {
            return nodes.numberNode(1);
        }
        return nodes.textNode(text(name, one));
    }

    private static String text(String name, Class<?> type) {
        return switch (type.getSimpleName()) {
            case "UUID" -> new UUID(0, 1).toString();
            case "URI" -> URI.create("https://clinic.example/s/1").toString();
            case "Instant" -> Instant.EPOCH.toString();
            case "LocalDate" -> LocalDate.EPOCH.toString();
            case "LocalTime" -> LocalTime.NOON.toString();
            default -> TEXTS.getOrDefault(name, "en");
        };
    }
}
