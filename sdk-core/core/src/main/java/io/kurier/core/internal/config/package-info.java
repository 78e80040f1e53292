// SPDX-License-Identifier: Apache-2.0
/**
 * Configuration, strictly read.
 *
 * <p>Every source ({@code kurier.properties}, a map, a Guice module) becomes {@link io.kurier.core.internal.config.Setting}s: a
 * key, a value, and where it came from. {@link io.kurier.core.internal.config.ConfigReader} turns them into one
 * {@link io.kurier.core.internal.config.PublisherConfig}; whatever is wrong goes into {@link io.kurier.core.internal.config.Problems},
 * so that one error shows all of it, in the order of the settings. An unknown key is a problem too, with
 * the nearest known key.
 *
 * <p>Kurier's own keys are defined in {@link io.kurier.core.internal.config.PublisherKeys} and {@link
 * io.kurier.core.internal.config.TopicKeys}: name, type, default, allowed values, documentation. A definition checks and parses
 * a plain key, which is then in {@link io.kurier.core.internal.config.ParsedKeys}; {@code TopicReader}, {@code GuardReader}, {@code
 * ProviderKeys} and {@code FolderKeys} read the keys whose values name something. To add a plain key, define it, use it, and let
 * {@code ConfigurationPageTest} write the table of {@code docs/configuration.md} ({@code -Dgolden.update=true}).
 *
 * <p>On the way {@code ProvidedValues} puts in what config providers give, {@code DeclaredValues} checks values against
 * Kafka's or a plugin's {@code ConfigDef}, {@code ProducerChecks} makes the checks that Kafka leaves for later, and {@link
 * io.kurier.core.internal.config.Secrets} remembers what must not be shown, for texts that others write. {@link
 * io.kurier.core.internal.config.ResolvedKeys} shows what a sound configuration comes to.
 */
@NullMarked
package io.kurier.core.internal.config;

import org.jspecify.annotations.NullMarked;
