// A message as a structure of C, which the client library must leave alone: here it simply keeps its serialized form.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
  uint64_t magic;
  const char * type;
  uint8_t * data;
  size_t length;
} typed_message;

enum { TYPED_MAGIC = 0x7E5750 };

typed_message * typed_create(const char * type);
void typed_destroy(typed_message * message);
