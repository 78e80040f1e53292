// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

/**
 * The names of the headers in which Apicurio's serializers describe a record, for keys or for values.
 *
 * @param contentId the number of the content, in eight bytes
 * @param globalId the number of the version of an artifact, in eight bytes, which is another number
 * @param contentHash the hash of the content
 * @param artifactId the artifact's id
 * @param encoding Avro's encoding: {@code BINARY} or {@code JSON}
 * @param messageType the name of a Java class
 * @param protobufType the simple name of a Protobuf message
 */
record ApicurioHeaders(
        String contentId,
        String globalId,
        String contentHash,
        String artifactId,
        String encoding,
        String messageType,
        String protobufType) {

    static ApicurioHeaders of(boolean forKey) {
        String side = forKey ? "apicurio.key." : "apicurio.value.";
        return new ApicurioHeaders(
                side + "contentId",
                side + "globalId",
                side + "contentHash",
                side + "artifactId",
                side + "encoding",
                side + "msgType",
                "apicurio.protobuf.type" + (forKey ? ".key" : ""));
    }
}
