// SPDX-License-Identifier: AGPL-3.0-or-later
package org.waymark.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.waymark.node.TestNode;
import org.waymark.node.account.Role;

/// What holds for every staff page, found by reading the classes and not by a list that someone has
/// to remember.
class RoutesTest {

    private static TestNode shelter;

    @BeforeAll
    static void start() {
        shelter = TestNode.start("shelter", "Lindmar Shelter");
        shelter.person("amal@shelter.example", Role.MANAGER, Role.ADMINISTRATOR);
    }

    @AfterAll
    static void stop() {
        shelter.close();
    }

    @Test
    void everyUnsafeRouteRefusesAFormWithoutItsToken() {
        var browser = Browser.signedIn(shelter, "amal@shelter.example", "en");
        var routes = unsafeRoutes();

        assertThat(routes).isNotEmpty();
        for (var route : routes) {
            assertThat(browser.postBare(route, "x", "y").statusCode()).as(route).isEqualTo(403);
        }
    }

    @Test
    void everyStaffPageLiesBehindTheGate() {
        assertThat(resources())
                .allSatisfy(
                        it ->
                                assertThat(it.getAnnotation(Path.class).value())
                                        .startsWith("/admin"));
    }

    private static List<String> unsafeRoutes() {
        return resources()
                .flatMap(
                        type ->
                                Arrays.stream(type.getMethods())
                                        .filter(RoutesTest::isUnsafe)
                                        .map(
                                                method ->
                                                        type.getAnnotation(Path.class).value()
                                                                + "/"
                                                                + path(
                                                                        method.getAnnotation(
                                                                                Path.class))))
                .map(route -> route.replaceAll("\\{[^}]*}", "7e57c0de-0000-4000-8000-000000000000"))
                .toList();
    }

    private static String path(@org.jspecify.annotations.Nullable Path path) {
        return path == null ? "" : path.value();
    }

    private static boolean isUnsafe(java.lang.reflect.Method method) {
        return method.isAnnotationPresent(POST.class)
                || method.isAnnotationPresent(PUT.class)
                || method.isAnnotationPresent(DELETE.class);
    }

    private static Stream<Class<?>> resources() {
        return new AdminSite()
                .resources(shelter.domains()).stream()
                        .<Class<?>>map(Object::getClass)
                        .filter(type -> type.isAnnotationPresent(Path.class));
    }
}
