// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * The references of a jar's classes to Kafka's classes and members, read from their constant pools (Java Virtual
 * Machine Specification, 4.4): a JVM would detect a missing one only when it executes the reference.
 */
final class References {
    private static final String KAFKAS = "org/apache/kafka/";
    private static final int MAGIC = 0xCAFEBABE;

    private final Set<String> all = new TreeSet<>();
    private final Set<String> missing = new TreeSet<>();

    private References() {}

    static References of(JarFile jar) throws IOException {
        References references = new References();
        for (JarEntry entry : Collections.list(jar.entries())) {
            if (entry.getName().endsWith(".class")) {
                try (InputStream bytes = jar.getInputStream(entry)) {
                    references.read(entry.getName(), new DataInputStream(bytes));
                }
            }
        }
        return references;
    }

    /** Returns how many different references there are, whatever the number of classes. */
    int count() {
        return all.size();
    }

    /** Returns the references that this JVM cannot resolve, each with a class that has it. */
    Set<String> missing() {
        return missing;
    }

    private void read(String owner, DataInputStream in) throws IOException {
        if (in.readInt() != MAGIC) {
            throw new IOException(owner + " is no class file");
        }
        in.readInt(); // the version of the class file format
        ConstantPool pool = ConstantPool.read(in);
        for (String type : pool.classes()) {
            if (type.startsWith(KAFKAS)) {
                check(owner, type, load(type) != null);
            }
        }
        for (ConstantPool.Member member : pool.members()) {
            if (member.owner().startsWith(KAFKAS)) {
                check(owner, member.owner() + "." + member.name() + member.descriptor(), isThere(member));
            }
        }
    }

    private void check(String owner, String reference, boolean there) {
        all.add(reference);
        if (!there) {
            missing.add(reference + ", to which " + owner + " refers");
        }
    }

    private static boolean isThere(ConstantPool.Member member) {
        Class<?> type = load(member.owner());
        if (type == null) {
            return false;
        }
        if (member.name().equals("<init>")) {
            return Arrays.stream(type.getDeclaredConstructors())
                    .map(made -> MethodType.methodType(void.class, made.getParameterTypes()))
                    .anyMatch(made -> made.toMethodDescriptorString().equals(member.descriptor()));
        }
        for (Class<?> each : withSupertypes(type)) {
            for (Method method : each.getDeclaredMethods()) {
                MethodType signature = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                if (method.getName().equals(member.name())
                        && signature.toMethodDescriptorString().equals(member.descriptor())) {
                    return true;
                }
            }
            for (Field field : each.getDeclaredFields()) {
                if (field.getName().equals(member.name())
                        && field.getType().descriptorString().equals(member.descriptor())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Class<?>> withSupertypes(Class<?> type) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            found.add(each);
            for (Class<?> implemented : each.getInterfaces()) {
                found.addAll(withSupertypes(implemented));
            }
        }
        if (type.isInterface()) {
            found.add(Object.class);
        }
        return found;
    }

    private static @Nullable Class<?> load(String internalName) {
        try {
            return Class.forName(internalName.replace('/', '.'), false, References.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return null;
        }
    }
}
