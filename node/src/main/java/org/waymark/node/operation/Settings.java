// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.node.operation;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The settings of a node before they are typed: `waymark.conf`, overridden by `WAYMARK_…`
/// variables, overridden by `--set KEY=VALUE`. Reading a key makes it known; [#refuseUnknown()]
/// then stops a start that was given others.
public final class Settings {

    private static final String PREFIX = "WAYMARK_";

    /// Variables of that prefix that are not settings.
    private static final List<String> NOT_SETTINGS = List.of("WAYMARK_TEST_", "WAYMARK_CWD");

    private record Given(String value, String origin) {}

    private final Map<String, Given> given;
    private final Map<String, String> known = new LinkedHashMap<>();
    private final Set<String> secret = new HashSet<>();

    private Settings(Map<String, Given> given) {
        this.given = given;
    }

    /// @param file may be missing
    /// @param environment the process's variables
    /// @param overrides `KEY=VALUE` each
    /// @throws UnusableSettingException when the file cannot be read or an override has no `=`
    public static Settings load(
            Path file, Map<String, String> environment, List<String> overrides) {
        var given = new TreeMap<String, Given>();
        properties(file).forEach((key, value) -> given.put(key, new Given(value, file.toString())));
        environment.forEach(
                (name, value) -> {
                    if (name.startsWith(PREFIX)
                            && NOT_SETTINGS.stream().noneMatch(name::startsWith)) {
                        given.put(name, new Given(value, "environment"));
                    }
                });
        for (var override : overrides) {
            var equals = override.indexOf('=');
            if (equals < 1) {
                throw new UnusableSettingException(
                        "--set takes KEY=VALUE, for example --set http.port=8080, but got "
                                + override);
            }
            given.put(
                    override.substring(0, equals).strip(),
                    new Given(override.substring(equals + 1).strip(), "--set"));
        }
        return new Settings(given);
    }

    /// The value of a key, or its default; either way the key is known from now on.
    public String text(String key, String byDefault) {
        var value = find(key).map(Given::value).orElse(byDefault);
        known.put(key, value);
        return value;
    }

    /// Says that the value of a key is nobody's business: `config show` tells only that there is
    /// one.
    public void hide(String key) {
        secret.add(key);
    }

    /// @throws UnusableSettingException when it is not a whole number in the range
    public int integer(String key, int byDefault, int least, int most) {
        var value = text(key, String.valueOf(byDefault));
        try {
            var number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        throw new UnusableSettingException(
                key + " takes a whole number from " + least + " to " + most + ", but got " + value);
    }

    /// @throws UnusableSettingException when it is neither `true` nor `false`
    public boolean flag(String key, boolean byDefault) {
        return switch (text(key, String.valueOf(byDefault))) {
            case "true" -> true;
            case "false" -> false;
            case String other ->
                    throw new UnusableSettingException(
                            key + " takes true or false, but got " + other);
        };
    }

    /// @throws UnusableSettingException when it is none of the choices
    public String choice(String key, String byDefault, List<String> choices) {
        var value = text(key, byDefault);
        if (!choices.contains(value)) {
            throw new UnusableSettingException(
                    key + " takes one of " + choices + ", but got " + value);
        }
        return value;
    }

    /// @throws UnusableSettingException when it is no IANA time zone
    public ZoneId zone(String key, ZoneId byDefault) {
        var value = text(key, byDefault.getId());
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            throw new UnusableSettingException(
                    key + " takes a time zone such as Europe/Athens, but got " + value);
        }
    }

    /// Values between commas, blanks around them dropped.
    public List<String> list(String key, String byDefault) {
        return text(key, byDefault).isBlank()
                ? List.of()
                : List.of(text(key, byDefault).split(",")).stream().map(String::strip).toList();
    }

    /// Stops the start when a key was given that nobody read.
    ///
    /// @throws UnusableSettingException naming the key, where it stands and the nearest known one
    public void refuseUnknown() {
        for (var entry : given.entrySet()) {
            var name = entry.getKey();
            var isVariable = name.startsWith(PREFIX);
            var isKnown =
                    known.keySet().stream()
                            .anyMatch(
                                    key ->
                                            isVariable
                                                    ? variable(key).equals(name)
                                                    : key.equals(name));
            if (!isKnown) {
                var nearest =
                        known.keySet().stream()
                                .map(key -> isVariable ? variable(key) : key)
                                .min(Comparator.comparingInt(key -> distance(key, name)))
                                .orElse("none");
                throw new UnusableSettingException(
                        "Unknown setting "
                                + name
                                + " ("
                                + entry.getValue().origin()
                                + "). Did you mean "
                                + nearest
                                + "?");
            }
        }
    }

    /// Every known key with its value and where that came from, for `config show`.
    public String describe() {
        return known.entrySet().stream()
                .map(
                        entry ->
                                entry.getKey()
                                        + " = "
                                        + shown(entry.getKey(), entry.getValue())
                                        + "   # "
                                        + find(entry.getKey()).map(Given::origin).orElse("default"))
                .collect(Collectors.joining("\n"));
    }

    private String shown(String key, String value) {
        return secret.contains(key) && !value.isEmpty() ? "(hidden)" : value;
    }

    /// The keys read so far.
    public List<String> knownKeys() {
        return List.copyOf(known.keySet());
    }

    private java.util.Optional<Given> find(String key) {
        var direct = given.get(key);
        var variable = given.get(variable(key));
        if (direct != null && (variable == null || direct.origin().equals("--set"))) {
            return java.util.Optional.of(direct);
        }
        return java.util.Optional.ofNullable(variable);
    }

    private static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Map<String, String> properties(Path file) {
        if (!Files.exists(file)) {
            return Map.of();
        }
        var properties = new Properties();
        try (Reader in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableSettingException(
                    "The settings file " + file + " cannot be read: " + e.getMessage());
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, key -> properties.getProperty(key).strip()));
    }

    /// Levenshtein distance.
    private static int distance(String a, String b) {
        var previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            var current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                var change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] =
                        Math.min(
                                Math.min(current[j - 1], previous[j]) + 1,
                                previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
