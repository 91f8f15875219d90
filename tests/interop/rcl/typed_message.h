// A message as a structure of C, which the client library must leave alone: here it simply keeps its serialized form. Bytes that
// the structure is lent take the place of the empty sequence at its end.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t magic;
  const char * type;
  uint8_t * data;
  size_t length;
  struct {
    const uint8_t * data;
    size_t size, capacity;
  } bytes;
} typed_message;

enum { TYPED_MAGIC = 0x7E5750 };

typed_message * typed_create(const char * type);
void typed_destroy(typed_message * message);
