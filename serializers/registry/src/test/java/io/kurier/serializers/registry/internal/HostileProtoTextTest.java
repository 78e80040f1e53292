// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Texts and descriptors that someone else wrote: each is read, or refused by one type of exception. */
class HostileProtoTextTest {
    private static final int FLIPS = 5_000;
    private static final int MANY = 200_000;

    @Test
    void readsOrRefusesEachBeginningOfAText() {
        for (String text : ProtoSamples.ALL.values()) {
            for (int end = 0; end <= text.length(); end++) {
                readOrRefuse(text.substring(0, end));
            }
        }
    }

    @Test
    void readsOrRefusesTextsWithOtherCharacters() {
        Random random = random();
        for (int i = 0; i < FLIPS; i++) {
            readOrRefuse(new String(flipped(ProtoSamples.OLD.getBytes(UTF_8), random), ISO_8859_1));
        }
    }

    @Test
    void readsOrRefusesDescriptorsWithOtherBytes() {
        Random random = random();
        byte[] descriptor = ProtoText.descriptor(ProtoSamples.OLD, ProtoSamples.ALL);
        for (int i = 0; i < FLIPS; i++) {
            byte[] flipped = flipped(descriptor, random);
            readOrRefuse(Base64.getEncoder().encodeToString(flipped));
            try {
                ProtoText.isSame(flipped, descriptor);
                ProtoText.of(flipped);
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void refusesMoreLevelsThanReadersOfDescriptorsTake() {
        String levels = "message M { ".repeat(MANY);
        assertThatThrownBy(() -> ProtoText.descriptor(levels, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 1, column 1211 is nested in more than 99 messages");
        String groups = "message M { " + "optional group G = 1 { ".repeat(MANY / 10);
        assertThatThrownBy(() -> ProtoText.descriptor(groups, Map.of()))
                .hasMessageContaining("is nested in more than 99");
        assertThatThrownBy(() -> ProtoText.descriptor("option a = " + "{".repeat(MANY), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesMoreTextThanItsLimit() {
        assertThatThrownBy(() -> ProtoText.descriptor(" ".repeat((4 << 20) + 1), Map.of()))
                .hasMessage("the text has 4194305 characters, more than the 4194304 allowed");
        assertThatThrownBy(() -> ProtoText.descriptor("A".repeat((8 << 20) + 4), Map.of()))
                .hasMessage("the descriptor has 8388612 characters, more than the 8388608 allowed");
    }

    @Test
    void takesNoMoreTimeForOneLongTextThanForManyShortOnes() {
        readOrRefuse("message M {" + "optional int32 a = 1;".repeat(MANY / 4) + "}");
        readOrRefuse("message M {}".repeat(MANY));
        readOrRefuse("package " + "a.".repeat(MANY) + "a; message M { optional b.c.d e = 1; }");
        readOrRefuse("package a; message M { optional " + "a.".repeat(MANY) + "a e = 1; }");
        readOrRefuse("option a = " + "\"\\x41\" ".repeat(MANY) + ";");
        readOrRefuse("enum E { A = " + "9".repeat(MANY) + "; }");
        readOrRefuse("/* ".repeat(MANY));
        readOrRefuse("/**/\n//\n".repeat(MANY));
        readOrRefuse("a".repeat(MANY));
        String longName = "M".repeat(MANY);
        StringBuilder fields = new StringBuilder("message " + longName + " { message X {} ");
        for (int i = 1; i < MANY / 4; i++) {
            fields.append("optional X a").append(i).append(" = ").append(i).append(';');
        }
        assertThatThrownBy(() -> ProtoText.descriptor(fields.append('}').toString(), Map.of()))
                .hasMessage("names its types by more than 16777216 characters in full");
    }

    private static void readOrRefuse(String text) {
        try {
            byte[] read = ProtoText.descriptor(text, ProtoSamples.ALL);
            assertThat(ProtoText.isSame(read, read)).isIn(true, false);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        for (int i = random.nextInt(3); i >= 0; i--) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    private static Random random() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        return new Random(seed);
    }
}
