// SPDX-License-Identifier: Apache-2.0
package io.kurier.core.internal.plugins;

import java.io.IOException;
import java.nio.file.Path;

/** A plugin whose serializer needs one more class when it is closed. */
public final class ClosingPlugin {
    private ClosingPlugin() {}

    /** Its jar; with each close the system property says how many there were, and with which loader. */
    public static Path write(Path jar, String property) throws IOException {
        String kafka = "org.apache.kafka.common.serialization.";
        return JarMaker.jar()
                .source(
                        "Closing",
                        "public class Closing implements io.kurier.spi.SerializerPlugin {\n"
                                + "  public String name() { return \"closing\"; }\n"
                                + "  public " + kafka
                                + "Serializer<?> serializer(io.kurier.spi.SerializerSettings s) {\n"
                                + "    return new " + kafka + "ByteArraySerializer() {\n"
                                + "      int closes; public void close() { Late.note(++closes); } }; } }")
                .source(
                        "Late",
                        "class Late { static void note(int closes) { String loader ="
                                + " Thread.currentThread().getContextClassLoader().getName();"
                                + " System.setProperty(\"" + property + "\", closes + \" time, with the loader \" +"
                                + " loader.substring(loader.lastIndexOf('/') + 1)); } }")
                .provides("io.kurier.spi.SerializerPlugin", "com.example.Closing")
                .write(jar);
    }
}
