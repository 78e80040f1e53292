// SPDX-License-Identifier: Apache-2.0
/** Plugins that the tests of the core find by ServiceLoader: sound ones, broken ones and twins. */
@NullMarked
package io.kurier.core.testplugins;

import org.jspecify.annotations.NullMarked;
