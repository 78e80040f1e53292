// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.avro;

import io.kurier.serializers.internal.SchemaFrames;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.io.DatumWriter;

/**
 * How values of one schema are written.
 *
 * @param schema the schema of the values, for errors
 * @param model the model with which the values are written, for errors
 * @param frames the frames of the schema under which they are written
 * @param writer writes the values
 * @param scan checks what was written
 */
record Encoding(Schema schema, GenericData model, SchemaFrames frames, DatumWriter<Object> writer, RecordScan scan) {}
