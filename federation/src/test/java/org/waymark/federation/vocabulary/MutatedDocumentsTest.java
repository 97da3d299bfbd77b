// SPDX-License-Identifier: Apache-2.0
package org.waymark.federation.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.waymark.federation.Chance;
import org.waymark.federation.trust.Origins;

/// Whatever stands in a document, reading ends in a document or in a refusal that says why, soon.
class MutatedDocumentsTest {
    // 2 s: some thousand times what the slowest document takes, so only a runaway is caught.
    private static final long MOST_NANOS = 2_000_000_000L;

    private final Map<Class<?>, List<Method>> views = new HashMap<>();

    @Tag("attack:mutated-documents")
    @Test
    void noInputCrashesTheParser() throws IOException {
        var chance = Chance.of("no input crashes the parser");
        List<byte[]> starts = wire();
        int documents = 0;
        for (int i = 0; i < Chance.cases(20_000, 1_000_000); i++) {
            byte[] input = next(chance, starts);
            long before = System.nanoTime();
            try {
                documents += view(input) ? 1 : 0;
            } catch (Exception | StackOverflowError | OutOfMemoryError e) {
                fail(said(chance, i, input), e);
            }
            if (System.nanoTime() - before > MOST_NANOS) {
                fail("too slow: " + said(chance, i, input));
            }
        }
        // Otherwise only refusals would have been tried.
        assertThat(documents).isGreaterThan(2_000);
    }

    private static byte[] next(Chance chance, List<byte[]> starts) {
        byte[] start = chance.one(starts);
        return switch (chance.below(4)) {
            case 0 -> StrictJson.write(chance.confused(StrictJson.read(start).orElseThrow()));
            case 1 -> StrictJson.write(chance.document());
            default -> chance.mutated(start, chance.one(starts));
        };
    }

    /// Reads, and looks at everything the types offer.
    ///
    /// @return whether it was a document
    private boolean view(byte[] input) throws ReflectiveOperationException {
        if (!(StrictJson.read(input) instanceof Reading.Read<ObjectNode>(ObjectNode json))) {
            return false;
        }
        if (Thing.read(json) instanceof Reading.Read<Thing>(Thing thing)) {
            look(thing);
            assertThat(StrictJson.read(StrictJson.write(json)).found()).contains(json);
        }
        if (Activity.read(json) instanceof Reading.Read<Activity>(Activity activity)) {
            look(activity);
            assertThat(Origins.check(activity)).isNotNull();
            for (Reference reference : activity.objects()) {
                if (reference instanceof Reference.Embedded embedded) {
                    embedded.read();
                }
            }
        }
        return true;
    }

    private void look(Thing thing) throws ReflectiveOperationException {
        for (Method view : views.computeIfAbsent(thing.getClass(), MutatedDocumentsTest::viewsOf)) {
            try {
                view.invoke(thing);
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(view.getName(), e.getCause());
            }
        }
    }

    private static List<Method> viewsOf(Class<?> type) {
        return Stream.of(type.getMethods())
                .filter(it -> it.getParameterCount() == 0)
                .filter(it -> !Modifier.isStatic(it.getModifiers()))
                .filter(it -> it.getDeclaringClass() != Object.class)
                .toList();
    }

    private static List<byte[]> wire() throws IOException {
        try (var files = Files.walk(Path.of("src/test/resources/wire"))) {
            return files.filter(it -> it.toString().endsWith(".json"))
                    .sorted()
                    .map(
                            it -> {
                                try {
                                    return Files.readAllBytes(it);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            })
                    .toList();
        }
    }

    private static String said(Chance chance, int number, byte[] input) {
        return "seed %d, case %d: %s"
                .formatted(chance.seed, number, new String(input, StandardCharsets.UTF_8));
    }
}
