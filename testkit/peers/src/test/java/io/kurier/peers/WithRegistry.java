// SPDX-License-Identifier: Apache-2.0
package io.kurier.peers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lets the tests of a class have a {@link Registry} as a parameter: one process for all of them. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RegistryExtension.class)
@interface WithRegistry {}
