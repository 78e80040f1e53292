// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.media;

/**
 * The names of the headers that make records a blob; their values are text in UTF-8, so that Kafka Connect's default
 * header converter passes them on as they are. {@code docs/media-format.md} specifies them.
 */
public final class MediaHeaders {
    /** In every record: the media type of the whole blob, such as {@code image/png} (RFC 9110, section 8.3.1). */
    public static final String CONTENT_TYPE = "content-type";
    /** In the record of a blob that fits into one: its name, if it has one. */
    public static final String NAME = "media.name";
    /** In all records of a larger blob: the UUID of this act of publishing. */
    public static final String ID = "media.id";
    /** In a chunk: its index, from 0, in decimal digits. */
    public static final String CHUNK = "media.chunk";
    /** In the manifest, the last record of a larger blob: the version of the format. */
    public static final String MANIFEST = "media.manifest";
    /** The version that this class describes. */
    public static final String VERSION = "1";

    /** The prefix of the names of all headers that only this format uses. */
    static final String PREFIX = "media.";

    private MediaHeaders() {}
}
