// SPDX-License-Identifier: Apache-2.0
package io.kurier.debezium;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class that has a parameter of the type {@link PostgresDatabase} a database of its own, on a
 * server that all tests of a run share. Where PostgreSQL is not installed, or cannot be run, the tests are skipped, and
 * the reason is printed.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(PostgresExtension.class)
public @interface WithPostgres {}
