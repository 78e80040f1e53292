// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.registry.internal;

import java.util.List;
import java.util.Map;

/**
 * The types of google/protobuf's files, which each implementation of Protobuf brings and no registry needs to have. An
 * enum has a sign before its name.
 */
final class WellKnownTypes {
    private static final String FOLDER = "google/protobuf/";
    private static final String PACKAGE = "google.protobuf.";
    private static final String ENUM_SIGN = "#";

    private static final Map<String, List<String>> TYPES = Map.ofEntries(
            Map.entry("any", List.of("Any")),
            Map.entry("api", List.of("Api", "Method", "Mixin")),
            Map.entry("duration", List.of("Duration")),
            Map.entry("empty", List.of("Empty")),
            Map.entry("field_mask", List.of("FieldMask")),
            Map.entry("source_context", List.of("SourceContext")),
            Map.entry("struct", List.of("Struct", "Value", "ListValue", "#NullValue")),
            Map.entry("timestamp", List.of("Timestamp")),
            Map.entry(
                    "type",
                    List.of(
                            "Type",
                            "Field",
                            "#Field.Kind",
                            "#Field.Cardinality",
                            "Enum",
                            "EnumValue",
                            "Option",
                            "#Syntax")),
            Map.entry(
                    "wrappers",
                    List.of(
                            "DoubleValue",
                            "FloatValue",
                            "Int64Value",
                            "UInt64Value",
                            "Int32Value",
                            "UInt32Value",
                            "BoolValue",
                            "StringValue",
                            "BytesValue")),
            Map.entry(
                    "descriptor",
                    List.of(
                            "FileDescriptorSet",
                            "#Edition",
                            "FileDescriptorProto",
                            "DescriptorProto",
                            "DescriptorProto.ExtensionRange",
                            "DescriptorProto.ReservedRange",
                            "ExtensionRangeOptions",
                            "ExtensionRangeOptions.Declaration",
                            "#ExtensionRangeOptions.VerificationState",
                            "FieldDescriptorProto",
                            "#FieldDescriptorProto.Type",
                            "#FieldDescriptorProto.Label",
                            "OneofDescriptorProto",
                            "EnumDescriptorProto",
                            "EnumDescriptorProto.EnumReservedRange",
                            "EnumValueDescriptorProto",
                            "ServiceDescriptorProto",
                            "MethodDescriptorProto",
                            "FileOptions",
                            "#FileOptions.OptimizeMode",
                            "MessageOptions",
                            "FieldOptions",
                            "#FieldOptions.CType",
                            "#FieldOptions.JSType",
                            "#FieldOptions.OptionRetention",
                            "#FieldOptions.OptionTargetType",
                            "FieldOptions.EditionDefault",
                            "FieldOptions.FeatureSupport",
                            "OneofOptions",
                            "EnumOptions",
                            "EnumValueOptions",
                            "ServiceOptions",
                            "MethodOptions",
                            "#MethodOptions.IdempotencyLevel",
                            "UninterpretedOption",
                            "UninterpretedOption.NamePart",
                            "FeatureSet",
                            "#FeatureSet.FieldPresence",
                            "#FeatureSet.EnumType",
                            "#FeatureSet.RepeatedFieldEncoding",
                            "#FeatureSet.Utf8Validation",
                            "#FeatureSet.MessageEncoding",
                            "#FeatureSet.JsonFormat",
                            "#FeatureSet.EnforceNamingStyle",
                            "FeatureSet.VisibilityFeature",
                            "#FeatureSet.VisibilityFeature.DefaultSymbolVisibility",
                            "FeatureSet.ProtoLimitsFeature",
                            "#FeatureSet.ProtoLimitsFeature.EnforceProtoLimits",
                            "FeatureSetDefaults",
                            "FeatureSetDefaults.FeatureSetEditionDefault",
                            "SourceCodeInfo",
                            "SourceCodeInfo.Location",
                            "GeneratedCodeInfo",
                            "GeneratedCodeInfo.Annotation",
                            "#GeneratedCodeInfo.Annotation.Semantic",
                            "#SymbolVisibility")));

    private WellKnownTypes() {}

    /** Makes the types of a file known, if it is one of these. */
    static void declare(String path, ProtoTypes types) {
        if (!path.startsWith(FOLDER) || !path.endsWith(".proto")) {
            return;
        }
        String file = path.substring(FOLDER.length(), path.length() - ".proto".length());
        for (String name : TYPES.getOrDefault(file, List.of())) {
            boolean isEnum = name.startsWith(ENUM_SIGN);
            types.declare(
                    PACKAGE + (isEnum ? name.substring(1) : name), isEnum ? Declarations.ENUM : Declarations.MESSAGE);
        }
    }
}
