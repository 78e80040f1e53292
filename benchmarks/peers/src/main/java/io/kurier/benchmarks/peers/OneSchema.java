// SPDX-License-Identifier: Apache-2.0
package io.kurier.benchmarks.peers;

import io.apicurio.registry.resolver.client.RegistryArtifactReference;
import io.apicurio.registry.resolver.client.RegistryClientFacade;
import io.apicurio.registry.resolver.client.RegistryVersionCoordinates;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Apicurio's serializers ask instead of a registry over HTTP: it has one schema, whatever the artifact. */
final class OneSchema implements RegistryClientFacade {
    private static final RegistryVersionCoordinates VERSION = RegistryVersionCoordinates.create(
            (long) ScriptedRegistry.ID, (long) ScriptedRegistry.ID, "default", "orders-value", "1");

    /** Longer than any run, so that nothing is asked again. */
    private static final Map<String, Object> KEYS = Map.of(
            "apicurio.registry.url", "http://127.0.0.1", "apicurio.registry.check-period-ms", 24 * 60 * 60 * 1_000L);

    private final String text;

    OneSchema(String text) {
        this.text = text;
    }

    /** Returns Apicurio's keys that let a serializer look the schema up by its content, as they do by default. */
    static Map<String, Object> byContent() {
        return KEYS;
    }

    /** Returns Apicurio's keys that let a serializer take the latest version of the artifact. */
    static Map<String, Object> latest() {
        Map<String, Object> keys = new HashMap<>(KEYS);
        keys.put("apicurio.registry.find-latest", true);
        return keys;
    }

    @Override
    public String getSchemaByContentId(Long contentId) {
        return text;
    }

    @Override
    public String getSchemaByGlobalId(long globalId, boolean dereferenced) {
        return text;
    }

    @Override
    public String getSchemaByGAV(String group, String artifact, String version) {
        return text;
    }

    @Override
    public String getSchemaByContentHash(String hash) {
        return text;
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByContentId(long contentId) {
        return List.of();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByGlobalId(long globalId) {
        return List.of();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByGAV(String group, String artifact, String version) {
        return List.of();
    }

    @Override
    public List<RegistryArtifactReference> getReferencesByContentHash(String hash) {
        return List.of();
    }

    @Override
    public List<RegistryVersionCoordinates> searchVersionsByContent(
            String content, String type, ArtifactReference reference, boolean canonical) {
        return List.of(VERSION);
    }

    @Override
    public RegistryVersionCoordinates createSchema(
            String type,
            String group,
            String artifact,
            String version,
            String behavior,
            boolean canonical,
            String content,
            Set<RegistryArtifactReference> references) {
        return VERSION;
    }

    @Override
    public RegistryVersionCoordinates getVersionCoordinatesByGAV(String group, String artifact, String version) {
        return VERSION;
    }

    @Override
    public @Nullable Object getClient() {
        return null;
    }
}
