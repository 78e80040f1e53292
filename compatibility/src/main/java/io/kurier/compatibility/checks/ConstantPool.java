// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The constants of one class file (Java Virtual Machine Specification, 4.4), of which only classes and members are
 * used.
 */
final class ConstantPool {
    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int FLOAT = 4;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int FIELD = 9;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int METHOD_TYPE = 16;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int MODULE = 19;
    private static final int PACKAGE = 20;

    private final int[] tags;
    private final int[] first;
    private final int[] second;
    private final String[] texts;

    private ConstantPool(int size) {
        tags = new int[size];
        first = new int[size];
        second = new int[size];
        texts = new String[size];
    }

    /**
     * A field or a method.
     *
     * @param owner the internal name of the class that the reference names, which may inherit it
     * @param descriptor its types
     */
    record Member(String owner, String name, String descriptor) {}

    /** Reads a constant pool, which begins behind the version of the class file. */
    static ConstantPool read(DataInputStream in) throws IOException {
        ConstantPool pool = new ConstantPool(in.readUnsignedShort());
        for (int i = 1; i < pool.tags.length; i++) {
            int tag = in.readUnsignedByte();
            pool.tags[i] = tag;
            switch (tag) {
                case UTF8 -> pool.texts[i] = in.readUTF();
                case INTEGER, FLOAT -> in.readInt();
                case LONG, DOUBLE -> {
                    in.readLong();
                    i++; // takes two places
                }
                case CLASS, STRING, METHOD_TYPE, MODULE, PACKAGE -> pool.first[i] = in.readUnsignedShort();
                case FIELD, METHOD, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC -> {
                    pool.first[i] = in.readUnsignedShort();
                    pool.second[i] = in.readUnsignedShort();
                }
                case METHOD_HANDLE -> {
                    pool.first[i] = in.readUnsignedByte();
                    pool.second[i] = in.readUnsignedShort();
                }
                default -> throw new IOException("a constant of the unknown kind " + tag);
            }
        }
        return pool;
    }

    /** Returns the internal names of all classes; for an array that of its element type. */
    List<String> classes() {
        List<String> found = new ArrayList<>();
        for (int i = 1; i < tags.length; i++) {
            if (tags[i] == CLASS) {
                found.add(className(i));
            }
        }
        return found;
    }

    List<Member> members() {
        List<Member> found = new ArrayList<>();
        for (int i = 1; i < tags.length; i++) {
            if (tags[i] == FIELD || tags[i] == METHOD || tags[i] == INTERFACE_METHOD) {
                int named = second[i];
                found.add(new Member(className(first[i]), texts[first[named]], texts[second[named]]));
            }
        }
        return found;
    }

    private String className(int index) {
        String name = texts[first[index]];
        return name.startsWith("[") ? name.replaceFirst("^\\[+L?", "").replace(";", "") : name;
    }
}
