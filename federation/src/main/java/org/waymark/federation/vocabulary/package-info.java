// SPDX-License-Identifier: Apache-2.0
/// What can be said: activities, objects and actors, read strictly from JSON and written in one
/// stable form.
///
/// It does no JSON-LD processing, fetches no context, keeps nothing and decides nothing about
/// trust.
@NullMarked
package org.waymark.federation.vocabulary;

import org.jspecify.annotations.NullMarked;
