// A message as a structure of C, which the client library must leave alone: here it simply keeps its serialized form. Of a picture,
// whose fields introspection tells, the client library fills these instead, and lends it its bytes.
#pragma once

#include <stddef.h>
#include <stdint.h>

// rosidl_runtime_c__String
typedef struct {
  char * data;
  size_t size, capacity;
} typed_string;

typedef struct {
  int32_t sec;
  uint32_t nanosec;
} typed_time;

typedef struct {
  typed_time stamp;
  typed_string frame_id;
} typed_header;

typedef struct {
  uint64_t magic;
  const char * type;
  uint8_t * data;
  size_t length;
  typed_header header;
  typed_string format;
  struct {
    const uint8_t * data;
    size_t size, capacity;
  } bytes;
} typed_message;

enum { TYPED_MAGIC = 0x7E5750 };

typed_message * typed_create(const char * type);
void typed_destroy(typed_message * message);
