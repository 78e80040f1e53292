// SPDX-License-Identifier: Apache-2.0
package io.kurier.compatibility.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
    private static final String TOPIC_PARTITION = "org/apache/kafka/common/TopicPartition";

    @TempDir
    Path folder = Path.of("");

    @Test
    void tellsClassesMethodsAndFieldsThatAreMissingAndNoOthers() throws IOException {
        References references = of(List.of(
                new ConstantPool.Member(TOPIC_PARTITION, "topic", "()Ljava/lang/String;"),
                new ConstantPool.Member(TOPIC_PARTITION, "hashCode", "()I"),
                new ConstantPool.Member(TOPIC_PARTITION, "<init>", "(Ljava/lang/String;I)V"),
                new ConstantPool.Member(TOPIC_PARTITION, "wait", "(J)V"), // of a supertype
                new ConstantPool.Member(TOPIC_PARTITION, "topic", "()I"),
                new ConstantPool.Member(TOPIC_PARTITION, "<init>", "()V"),
                new ConstantPool.Member("org/apache/kafka/common/Gone", "at", "()V"),
                new ConstantPool.Member("org/example/Gone", "at", "()V")));

        assertThat(references.missing())
                .containsExactly(
                        "org/apache/kafka/common/Gone, to which A.class refers",
                        "org/apache/kafka/common/Gone.at()V, to which A.class refers",
                        TOPIC_PARTITION + ".<init>()V, to which A.class refers",
                        TOPIC_PARTITION + ".topic()I, to which A.class refers");
        assertThat(references.count()).isEqualTo(9);
    }

    private References of(List<ConstantPool.Member> members) throws IOException {
        Path jar = folder.resolve("a.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("A.class"));
            write(new DataOutputStream(out), members);
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            return References.of(file);
        }
    }

    /** The beginning of a class file, as far as it is read: a long, and six constants for each member. */
    private static void write(DataOutputStream out, List<ConstantPool.Member> members) throws IOException {
        out.writeInt(0xCAFEBABE);
        out.writeInt(61);
        out.writeShort(3 + 6 * members.size());
        out.writeByte(5);
        out.writeLong(Long.MAX_VALUE);
        int next = 3;
        for (ConstantPool.Member member : members) {
            writeText(out, member.owner());
            writeText(out, member.name());
            writeText(out, member.descriptor());
            writeNumbers(out, 7, next);
            writeNumbers(out, 12, next + 1, next + 2);
            writeNumbers(out, 10, next + 3, next + 4);
            next += 6;
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        out.writeByte(1);
        out.writeUTF(text);
    }

    private static void writeNumbers(DataOutputStream out, int tag, int... indexes) throws IOException {
        out.writeByte(tag);
        for (int index : indexes) {
            out.writeShort(index);
        }
    }
}
