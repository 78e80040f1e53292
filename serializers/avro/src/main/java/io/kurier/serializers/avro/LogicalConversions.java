// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import java.util.List;
import org.apache.avro.Conversion;
import org.apache.avro.Conversions;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** The logical types of the specification, and the Java types that stand for their values. */
final class LogicalConversions {
    private static final List<Conversion<?>> ALL = List.of(
            new Conversions.DecimalConversion(),
            new Conversions.BigDecimalConversion(),
            new Conversions.UUIDConversion(),
            new Conversions.DurationConversion(),
            new TimeConversions.DateConversion(),
            new TimeConversions.TimeMillisConversion(),
            new TimeConversions.TimeMicrosConversion(),
            new TimeConversions.TimestampMillisConversion(),
            new TimeConversions.TimestampMicrosConversion(),
            new TimeConversions.TimestampNanosConversion(),
            new TimeConversions.LocalTimestampMillisConversion(),
            new TimeConversions.LocalTimestampMicrosConversion(),
            new TimeConversions.LocalTimestampNanosConversion());

    /** The model of generic values; its caches are concurrent. */
    private static final SpecificData GENERIC = addTo(new SpecificData(GenericData.class.getClassLoader()));

    private LogicalConversions() {}

    /** Adds all conversions to a model, and returns it. */
    static <M extends GenericData> M addTo(M model) {
        ALL.forEach(model::addLogicalTypeConversion);
        return model;
    }

    /** Returns whether a class stands for the values of a logical type. */
    static boolean isConverted(Class<?> type) {
        return ALL.stream().anyMatch(conversion -> conversion.getConvertedType() == type);
    }

    /** Returns a model that reads logical types as one class, and all others as their underlying types. */
    static GenericData readingAs(Class<?> type) {
        GenericData model = new GenericData();
        ALL.stream()
                .filter(conversion -> conversion.getConvertedType() == type)
                .forEach(model::addLogicalTypeConversion);
        return model;
    }

    /** Returns the model that writes generic values. */
    static SpecificData ofGeneric() {
        return GENERIC;
    }

    /** Returns the model that writes records of a class; a generated class has conversions of its own. */
    static SpecificData of(Class<?> type) {
        if (!SpecificRecord.class.isAssignableFrom(type)) {
            return GENERIC;
        }
        SpecificData model = addTo(new SpecificData(type.getClassLoader()));
        SpecificData.getForClass(type).getConversions().forEach(model::addLogicalTypeConversion);
        return model;
    }
}
