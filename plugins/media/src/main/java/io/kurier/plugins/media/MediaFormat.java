// SPDX-License-Identifier: Apache-2.0
package io.kurier.plugins.media;

import io.kurier.plugins.files.FileFormat;
import io.kurier.plugins.files.FileSourceConfig;
import io.kurier.serializers.media.BlobChunks;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;

/** One blob per file: its records are a single one, or chunks and a manifest. */
final class MediaFormat implements FileFormat {

    static final String CHUNK_BYTES = "chunk.bytes";
    static final String RESUME_WITHIN = "resume.within.ms";

    private static final long DEFAULT_RESUME_WITHIN_MILLIS = 600_000;

    private final StoredChunks chunks;

    /** Creates the format of a connector, or of the task that reports the outcomes of chunks. */
    MediaFormat(StoredChunks chunks) {
        this.chunks = chunks;
    }

    /** The connector has cut the blobs already, because a Connect worker would not. */
    @Override
    public String serializer() {
        return "bytes";
    }

    @Override
    public List<String> include() {
        return List.of("*");
    }

    /** Returns false: files are published as they are. */
    @Override
    public boolean decompresses() {
        return false;
    }

    @Override
    public Keys keys() {
        return Keys.OWN;
    }

    /**
     * Returns false: the key of a file's records is its name, so a renamed file is published again under its new name.
     */
    @Override
    public boolean followsRenames() {
        return false;
    }

    @Override
    public void define(ConfigDef keys) {
        keys.define(
                        CHUNK_BYTES,
                        ConfigDef.Type.INT,
                        BlobChunks.DEFAULT_CHUNK_BYTES,
                        Range.between(BlobChunks.MIN_CHUNK_BYTES, BlobChunks.MAX_CHUNK_BYTES),
                        Importance.MEDIUM,
                        "How many bytes of a file one record carries at most; a larger file becomes several records and a"
                                + " manifest. At most max.record.bytes, which a file itself may exceed.")
                .define(
                        RESUME_WITHIN,
                        ConfigDef.Type.LONG,
                        DEFAULT_RESUME_WITHIN_MILLIS,
                        Range.atLeast(0),
                        Importance.LOW,
                        "How long a larger file may have been interrupted to be continued behind the chunks that are stored, in"
                                + " milliseconds; after a longer time it is published anew, as with 0. Readers wait for the rest"
                                + " of a file until other records of its partition have followed, 100,000 by default: fewer"
                                + " should come in this time.");
    }

    @Override
    public Opener opener(FileSourceConfig config) {
        int chunkBytes = config.getInt(CHUNK_BYTES);
        if (chunkBytes > config.maxRecordBytes()) {
            throw new ConfigException(
                    CHUNK_BYTES,
                    chunkBytes,
                    "is above " + FileSourceConfig.MAX_RECORD_BYTES + "=" + config.maxRecordBytes()
                            + ", so no chunk could be published. Lower it; or raise max.record.bytes, and with it the"
                            + " producer's max.request.size and the topic's max.message.bytes.");
        }
        Path root = config.path();
        MediaFile.Rules rules = new MediaFile.Rules(chunkBytes, config.getLong(RESUME_WITHIN));
        return (input, from) -> MediaFile.of(input, from, BlobKey.of(root, input.path()), rules, chunks);
    }
}
