// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files declare the same. */
class ProtoComparisonTest {
    private static final String TEXT = """
            syntax = "proto3";
            package shop;
            import "money.proto";
            message Order {
              string id = 1;
              optional int64 cents = 2;
              repeated Size sizes = 3;
              shop.money.Price price = 4;
              map<string, int32> counts = 5;
              oneof choice { string a = 6; bytes b = 7; }
              message Line { bool open = 1; }
              Line line = 8;
            }
            enum Size { SMALL = 0; LARGE = 1; }
            """;
    private static final Map<String, String> IMPORTS =
            Map.of("money.proto", "syntax = \"proto3\"; package shop.money; message Price {}");

    private static boolean isSame(String one, String other) {
        byte[] first = ProtoText.descriptor(one, IMPORTS);
        byte[] second = ProtoText.descriptor(other, IMPORTS);
        assertThat(ProtoText.isSame(second, first)).isEqualTo(ProtoText.isSame(first, second));
        return ProtoText.isSame(first, second);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    string id = 1 | string id = 9
                    string id = 1 | bytes id = 1
                    string id = 1 | repeated string id = 1
                    string id = 1 | string ident = 1
                    string id = 1 | optional string id = 1
                    string id = 1; | reserved 1;
                    optional int64 cents | int64 cents
                    repeated Size | repeated Line
                    shop.money.Price price | Line price
                    map<string, int32> | map<string, int64>
                    map<string, int32> | map<int32, int32>
                    oneof choice { string a = 6; | string a = 6; oneof choice {
                    oneof choice | oneof other
                    bool open = 1 | bool open = 2
                    message Line { bool open = 1; } | enum Line { NONE = 0; }
                    LARGE = 1 | LARGE = 2
                    LARGE = 1 | HUGE = 1
                    enum Size { | message More {} enum Size {
                    package shop; | package shop2;
                    proto3 | proto2
                    """)
    void noticesADifference(String part, String other) {
        assertThat(TEXT).contains(part);
        assertThat(isSame(TEXT, TEXT.replace(part, other))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    package shop; | package shop; option java_package = "x";
                    string id = 1; | /* the id */ string id = 1 [deprecated = true, json_name = "ID"];
                    enum Size { SMALL = 0; LARGE = 1; } | enum Size { option allow_alias = false; SMALL = 0; LARGE = 0x1; }
                    Line line = 8; | shop.Order.Line line = 8;
                    Line line = 8; | .shop.Order.Line line = 8; reserved 20;
                    shop.money.Price price | money.Price price
                    """)
    void doesNotMindAnotherNotation(String part, String other) {
        assertThat(TEXT).contains(part);
        assertThat(isSame(TEXT, TEXT.replace(part, other))).isTrue();
    }

    @Test
    void doesNotMindTheOrder() {
        assertThat(isSame(
                        "message A { optional int32 a = 1; optional B b = 2; } message B {}",
                        "message B {} message A { optional B b = 2; optional int32 a = 1; }"))
                .isTrue();
    }

    /** A registry may give a text without those that it imports. */
    @Test
    void aTypeThatIsNotResolvedIsOneThatEndsWithItsName() {
        byte[] resolved = ProtoText.descriptor(TEXT, IMPORTS);
        for (String name : new String[] {"shop.money.Price", "money.Price", ".shop.money.Price"}) {
            byte[] open = ProtoText.descriptor(TEXT.replace("shop.money.Price", name), Map.of());
            assertThat(ProtoText.isSame(open, resolved)).as(name).isTrue();
        }
        for (String name : new String[] {"money.Prices", "oney.Price", ".money.Price", "other.money.Price"}) {
            byte[] open = ProtoText.descriptor(TEXT.replace("shop.money.Price", name), Map.of());
            assertThat(ProtoText.isSame(open, resolved)).as(name).isFalse();
        }
    }
}
