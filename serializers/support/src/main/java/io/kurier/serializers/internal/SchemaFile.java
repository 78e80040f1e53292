// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Reads the schema file that a configuration names. */
public final class SchemaFile {
    /** The prefix of a location on the class path. */
    public static final String CLASSPATH = "classpath:";

    /** A schema of a megabyte has some ten thousand fields; a larger file is unlikely to be a schema. */
    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private SchemaFile() {}

    /**
     * Returns the content of a schema file.
     *
     * @param key the configuration key, for the error
     * @param location a path of the file system, relative to the working directory if it is not absolute; or {@code
     *     classpath:} and the name of a resource, for which the thread's class loader is tried first
     * @throws ConfigException if there is no such file, it cannot be read, or it has more than 16 MiB
     */
    public static byte[] read(String key, String location) {
        byte[] content;
        try (InputStream file =
                location.startsWith(CLASSPATH) ? resource(key, location) : Files.newInputStream(Path.of(location))) {
            content = file.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new ConfigException(
                    key,
                    location,
                    "there is no such file, seen from " + Path.of("").toAbsolutePath()
                            + ". Correct the path, or write classpath:NAME for a resource");
        } catch (IOException e) {
            throw new ConfigException(key, location, "the file cannot be read: " + e);
        }
        if (content.length > MAX_BYTES) {
            throw new ConfigException(
                    key, location, "the file has more than " + MAX_BYTES + " bytes, which no schema has");
        }
        return content;
    }

    /** Returns whether there is a file or resource at a location of {@link #read}. */
    public static boolean exists(String location) {
        if (!location.startsWith(CLASSPATH)) {
            return Files.isRegularFile(Path.of(location));
        }
        try (InputStream resource = resource(location)) {
            return resource != null;
        } catch (IOException e) {
            // Only closing it has failed.
            return true;
        }
    }

    private static InputStream resource(String key, String location) {
        InputStream resource = resource(location);
        if (resource == null) {
            throw new ConfigException(
                    key,
                    location,
                    "there is no such resource on the class path. Write its full name: classpath:com/example/order.avsc");
        }
        return resource;
    }

    private static @Nullable InputStream resource(String location) {
        String name = location.substring(CLASSPATH.length());
        String absolute = name.startsWith("/") ? name.substring(1) : name;
        InputStream resource = resource(Thread.currentThread().getContextClassLoader(), absolute);
        return resource == null ? resource(SchemaFile.class.getClassLoader(), absolute) : resource;
    }

    private static @Nullable InputStream resource(@Nullable ClassLoader loader, String name) {
        return loader == null ? null : loader.getResourceAsStream(name);
    }
}
