// SPDX-License-Identifier: Apache-2.0
/** One application three times: with Kafka's producer, with Spring's template, with a publisher. */
package com.example.comingfrom;
