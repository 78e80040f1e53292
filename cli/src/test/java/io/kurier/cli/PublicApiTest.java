// SPDX-License-Identifier: Apache-2.0
package io.kurier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds what users and plugin authors compile against to the committed dump in {@code src/test/resources/api}, a file a
 * package. A change of the API shows as a change of that file; {@code -Dgolden.update=true} writes it.
 */
class PublicApiTest {
    private static final Path DUMPS = Path.of("src", "test", "resources", "api");
    private static final String SUFFIX = ".txt";
    private static final Set<String> OF_EVERY_RECORD = Set.of("equals", "hashCode", "toString");

    private static final Map<String, List<Class<?>>> PUBLIC = publicClasses();

    private static Map<String, List<Class<?>>> publicClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.kurier").stream()
                        .filter(type -> !type.getPackageName().contains(".internal"))
                        .filter(type -> !type.getPackageName().startsWith("io.kurier.cli"))
                        .map(JavaClass::reflect)
                        .filter(PublicApiTest::isVisible)
                        .collect(Collectors.groupingBy(
                                Class::getPackageName, TreeMap::new, Collectors.toCollection(ArrayList::new)));
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return isVisible(type.getModifiers()) && !type.isAnonymousClass() && (outer == null || isVisible(outer));
    }

    private static boolean isVisible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    static Set<String> packages() {
        return PUBLIC.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void isAsCommitted(String name) throws IOException {
        Path dump = DUMPS.resolve(name + SUFFIX);
        List<String> now = dump(PUBLIC.getOrDefault(name, List.of()));
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(DUMPS);
            Files.write(dump, now);
        }
        assertSame(name, Files.exists(dump) ? Files.readAllLines(dump) : List.of(), now);
    }

    @Test
    void everyCommittedPackageIsThere() throws IOException {
        try (Stream<Path> dumps = Files.list(DUMPS)) {
            assertThat(dumps.map(path -> path.getFileName().toString().replace(SUFFIX, "")))
                    .containsExactlyInAnyOrderElementsOf(packages());
        }
    }

    @Test
    void namesWhatAPlantedChangeBreaks() {
        List<String> before = List.of("interface io.kurier.spi.Guard", "    name()", "    close()");
        assertThatThrownBy(() -> assertSame("io.kurier.spi", before, List.of(before.get(0), "    close(long)")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("removed:     name()")
                .hasMessageContaining("added:       close(long)");
    }

    private static void assertSame(String name, List<String> before, List<String> now) {
        List<String> changes = new ArrayList<>();
        before.stream().filter(line -> !now.contains(line)).forEach(line -> changes.add("removed: " + line));
        now.stream().filter(line -> !before.contains(line)).forEach(line -> changes.add("added:   " + line));
        assertThat(changes)
                .as(
                        "the API of %s: what is removed breaks its users. If it is meant, run this test with"
                                + " -Dgolden.update=true, and say it in CHANGELOG.md",
                        name)
                .isEmpty();
        assertThat(now).isEqualTo(before);
    }

    private static List<String> dump(List<Class<?>> types) {
        List<String> lines = new ArrayList<>();
        Map<String, Class<?>> sorted = new TreeMap<>();
        types.forEach(type -> sorted.put(type.getName(), type));
        sorted.values().forEach(type -> {
            lines.add(header(type));
            members(type).forEach(member -> lines.add("    " + member));
        });
        return lines;
    }

    private static String header(Class<?> type) {
        StringBuilder header = new StringBuilder();
        int modifiers = type.getModifiers();
        for (Map.Entry<String, Boolean> word : Map.of(
                        "1 protected", Modifier.isProtected(modifiers),
                        "2 abstract", Modifier.isAbstract(modifiers) && !type.isInterface(),
                        "3 static", Modifier.isStatic(modifiers) && !type.isInterface() && type.isMemberClass(),
                        "4 final", Modifier.isFinal(modifiers) && !type.isEnum() && !type.isRecord(),
                        "5 sealed", type.isSealed())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .toList()) {
            if (word.getValue()) {
                header.append(word.getKey().substring(2)).append(' ');
            }
        }
        header.append(kind(type)).append(' ').append(type.getName());
        if (type.getTypeParameters().length > 0) {
            header.append(Arrays.stream(type.getTypeParameters())
                    .map(parameter -> parameter.getName() + bounds(parameter.getBounds()))
                    .collect(Collectors.joining(", ", "<", ">")));
        }
        Type above = type.getGenericSuperclass();
        if (above != null && !above.equals(Object.class) && !type.isEnum() && !type.isRecord()) {
            header.append(" extends ").append(above.getTypeName());
        }
        if (type.getGenericInterfaces().length > 0) {
            header.append(Arrays.stream(type.getGenericInterfaces())
                    .map(Type::getTypeName)
                    .sorted()
                    .collect(Collectors.joining(", ", " implements ", "")));
        }
        if (type.isSealed()) {
            header.append(Arrays.stream(type.getPermittedSubclasses())
                    .map(Class::getName)
                    .sorted()
                    .collect(Collectors.joining(", ", " permits ", "")));
        }
        return header.toString();
    }

    private static String bounds(Type[] bounds) {
        return bounds.length == 1 && bounds[0].equals(Object.class)
                ? ""
                : Arrays.stream(bounds).map(Type::getTypeName).collect(Collectors.joining(" & ", " extends ", ""));
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    private static Set<String> members(Class<?> type) {
        boolean canBeExtended = !Modifier.isFinal(type.getModifiers()) && !type.isSealed();
        Set<String> members = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (isShown(field, canBeExtended)) {
                members.add(shown(type, field.toGenericString()));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isShown(constructor, canBeExtended)) {
                members.add(shown(type, constructor.toGenericString()));
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isShown(method, canBeExtended) && !isMadeByTheCompiler(type, method)) {
                members.add(shown(type, method.toGenericString()));
            }
        }
        return members;
    }

    /** Records have these three whatever they declare. */
    private static boolean isMadeByTheCompiler(Class<?> type, Method method) {
        return type.isRecord() && OF_EVERY_RECORD.contains(method.getName());
    }

    /** Without what every line would repeat. */
    private static String shown(Class<?> type, String member) {
        return member.replace(" synchronized ", " ")
                .replace(type.getName() + ".", "")
                .replaceFirst("^public ", "")
                .replaceAll("\\bjava\\.lang\\.(?=[A-Z])", "");
    }

    private static boolean isShown(Member member, boolean canBeExtended) {
        return !member.isSynthetic()
                && (Modifier.isPublic(member.getModifiers())
                        || (canBeExtended && Modifier.isProtected(member.getModifiers())));
    }
}
