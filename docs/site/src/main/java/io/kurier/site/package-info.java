// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the site: each Markdown file of the repository becomes a page at the same place, so that a link means in a
 * browser what it means in the repository. {@link io.kurier.site.Site} is the program.
 */
@NullMarked
package io.kurier.site;

import org.jspecify.annotations.NullMarked;
