// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.Map;

/** Texts with each declaration that there is. */
final class ProtoSamples {
    static final String OLD = """
            // A comment ; "with" a quote
            syntax = 'proto2'; /* and
            another */
            package shop . v1;

            import "google/protobuf/descriptor.proto";
            import public "shared.proto";
            import weak "modern.proto";
            option java_package = "io.kurier" '.shop\\x2e\\056\\u00e4';
            option (note) = { text: "}" inner { a: [1, 2] } };
            option optimize_for = CODE_SIZE;

            message Note {
              optional string text = 1;
              optional Inner inner = 2;
              message Inner { repeated int32 a = 1; }
            }
            extend google.protobuf.FileOptions { optional Note note = 50001; }
            ;
            message Order {
              option deprecated = true;
              extensions 100 to 0x7f, 1000 to max;
              reserved 50, 065 to 60, 70 to 0X50;
              reserved "gone", 'left';
              required string order_id = 1 [default = "a\\tb\\"" "c", (field_note) = "x", json_name = "json:id"];
              repeated sint64 cents = 2 [packed = true, deprecated = false];
              optional bytes raw = 3 [default = "\\xFF\\0z"];
              optional double ratio = 4 [default = -inf];
              optional float half = 5 [default = 0.5];
              optional uint32 bits = 6 [default = 0xFFFFFFFF];
              optional int32 low = 7 [default = -0x80000000];
              optional State state = 8 [default = OPEN];
              optional bool flag = 9 [default = true];
              repeated group Line = 10 {
                optional string article = 1;
                map<string, Line> parts = 2;
              }
              oneof message {
                string option_text = 11;
                group Choice = 12 { optional int32 enum = 1; }
                .shop.v1.Note note = 13;
              }
              enum State { option allow_alias = true; OPEN = 0; NEW = 0; OLD = -0x1 [deprecated = true]; reserved 5 to 9, -9 to -5, 100 to max; reserved "GONE"; }
              message v1 { optional State state = 1; optional Shared shared = 2; }
              optional v1 nested = 14;
              extend Order { optional Line extension_line = 100; optional group Extra = 101 { optional bool x = 1; } }
              map<int32, State> states = 15;
              message LateLine {}
            }
            extend google.protobuf.FieldOptions { optional string field_note = 50002; }
            message Set { option message_set_wire_format = true; extensions 4 to max; }
            service Orders {
              option deprecated = true;
              rpc Put(Order) returns (stream Note);
              rpc Get (stream .shop.v1.Note) returns (Order.v1) { option deprecated = true; ; }
            }
            """;

    static final String MODERN = """
            syntax = "proto3";
            package modern;
            message Entry {
              optional int32 count = 1;
              optional string _count = 2;
              oneof choice { string a = 3; bytes b = 4; }
              optional bool x_count = 5;
              repeated int32 packed = 6 [packed = false];
              map<string, modern.Entry.Kind> kinds_by_name = 7;
              enum Kind { KIND_NONE = 0; }
              map<bool, Entry> entries = 8;
            }
            """;

    static final Map<String, String> ALL = Map.of(
            "old.proto",
            OLD,
            "modern.proto",
            MODERN,
            "shared.proto",
            "package shop.v1; import public \"more.proto\"; message Shared { optional more.More more = 1; }",
            "more.proto",
            "package more; message More {}",
            "edition.proto",
            """
            edition = "2023";
            package editions;
            option features.field_presence = IMPLICIT;
            message Order {
              reserved gone, left;
              string id = 1 [features.field_presence = LEGACY_REQUIRED];
              Order inner = 2 [features.message_encoding = DELIMITED];
              repeated int32 numbers = 3 [features.repeated_field_encoding = EXPANDED];
              enum Kind { option features.enum_type = CLOSED; KIND_ONE = 1; }
              Kind kind = 4 [features.field_presence = EXPLICIT, default = KIND_ONE];
            }
            """,
            "edition2024.proto",
            """
            edition = "2024";
            package editions.newer;
            export message Order { string id = 1; }
            local enum Kind { KIND_UNSPECIFIED = 0; }
            """);

    private ProtoSamples() {}
}
