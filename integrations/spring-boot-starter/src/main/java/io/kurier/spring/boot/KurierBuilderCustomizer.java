// SPDX-License-Identifier: Apache-2.0
package io.kurier.spring.boot;

import io.kurier.core.KurierBuilder;

/** A bean that changes the builder of the publisher, after properties and other beans have been added to it. */
@FunctionalInterface
public interface KurierBuilderCustomizer {
    /** Called once, before the publisher is started. An exception stops the application's start. */
    void customize(KurierBuilder builder);
}
