// SPDX-License-Identifier: Apache-2.0
/** The shop's topics and publishers: a Guice module for each publisher, and one that adapts them to an environment. */
package com.example.shop.messaging;
