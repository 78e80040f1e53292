// SPDX-License-Identifier: Apache-2.0
package io.kurier.serializers.framings;

import io.kurier.serializers.internal.IdsFile;
import io.kurier.serializers.internal.SchemaFile;
import io.kurier.spi.FramingSettings;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The schema sources {@code file} and {@code classpath}: a folder with schemas and the ids of a registry. */
final class FolderPlugin implements SchemaSourcePlugin {
    private final String name;
    private final boolean onClassPath;

    /** Creates the plugin of the name {@code file} or {@code classpath}. */
    FolderPlugin(String name) {
        this.name = name;
        this.onClassPath = name.equals("classpath");
    }

    @Override
    public String name() {
        return name;
    }

    private String key() {
        return SourceCatalog.SCHEMAS + (onClassPath ? ".resource" : ".folder");
    }

    @Override
    public ConfigDef configDef() {
        return new ConfigDef()
                .define(
                        key(),
                        ConfigDef.Type.STRING,
                        "",
                        Importance.HIGH,
                        "The folder " + (onClassPath ? "of the class path " : "") + "with schema files and "
                                + IdsFile.NAME + ", for the schema source " + name + ".");
    }

    @Override
    public SchemaSource source(FramingSettings settings) {
        String key = "framing." + settings.name() + "." + key();
        String folder = settings.config().getString(key()).strip();
        if (folder.isEmpty()) {
            throw new ConfigException(key + " is not set, and the schema source " + name + " needs it: the folder "
                    + (onClassPath ? "of the class path " : "") + "with the schema files and " + IdsFile.NAME);
        }
        String location = onClassPath ? SchemaFile.CLASSPATH + folder : folder;
        return new FolderSource(name, settings.format(), new SchemaFolder(key, location).entries(), location);
    }
}
