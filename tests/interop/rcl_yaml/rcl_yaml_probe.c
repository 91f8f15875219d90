// Says what rcl_yaml_param_parser makes of parameter files: what tests/Rclcs.Tests/Parameters compare ours with.
// Where a ROS 2 is sourced it builds with
//   cc -o rcl_yaml_probe rcl_yaml_probe.c -I$ROS/include/rcl_yaml_param_parser -I$ROS/include/rcutils
//      -L$ROS/lib -lrcl_yaml_param_parser -lrcutils        (ROS=$AMENT_PREFIX_PATH)
// Reads "length\n", so many bytes and "\n" for each file, and writes a line of JSON for each:
// null for one that is refused, else [[node, parameter, [{type: value}, ...]], ...].
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rcl_yaml_param_parser/parser.h"
#include "rcutils/allocator.h"

static const char * separator;

static void write_text(const char * text)
{
  putchar('"');
  for (const unsigned char * c = (const unsigned char *)text; *c; c++) {
    if (*c == '"' || *c == '\\') {
      printf("\\%c", *c);
    } else if (*c < 0x20 || *c == 0x7F) {
      printf("\\u%04x", *c);
    } else {
      putchar(*c);
    }
  }
  putchar('"');
}

static void write_double(double value)
{
  if (isnan(value)) {
    printf("\"nan\"");
  } else if (isinf(value)) {
    printf(value < 0 ? "\"-inf\"" : "\"inf\"");
  } else {
    printf("%.17g", value);
  }
}

static void begin(const char * type)
{
  printf("%s{\"%s\":", separator, type);
  separator = ",";
}

#define WRITE_ARRAY(type, array, write) \
  if (array) { \
    begin(type); \
    putchar('['); \
    for (size_t i = 0; i < (array)->size; i++) { \
      printf(i ? "," : ""); \
      write; \
    } \
    printf("]}"); \
  }

static void write_variant(const rcl_variant_t * value)
{
  separator = "";
  if (value->bool_value) {
    begin("bool");
    printf("%s}", *value->bool_value ? "true" : "false");
  }
  if (value->integer_value) {
    begin("integer");
    printf("%" PRId64 "}", *value->integer_value);
  }
  if (value->double_value) {
    begin("double");
    write_double(*value->double_value);
    putchar('}');
  }
  if (value->string_value) {
    begin("string");
    write_text(value->string_value);
    putchar('}');
  }
  WRITE_ARRAY("bools", value->bool_array_value, printf("%s", value->bool_array_value->values[i] ? "true" : "false"))
  WRITE_ARRAY("integers", value->integer_array_value, printf("%" PRId64, value->integer_array_value->values[i]))
  WRITE_ARRAY("doubles", value->double_array_value, write_double(value->double_array_value->values[i]))
  WRITE_ARRAY("strings", value->string_array_value, write_text(value->string_array_value->data[i]))
}

static void write_parameters(const rcl_params_t * parameters)
{
  const char * comma = "";
  putchar('[');
  for (size_t n = 0; n < parameters->num_nodes; n++) {
    const rcl_node_params_t * node = &parameters->params[n];
    for (size_t i = 0; i < node->num_params; i++) {
      printf("%s[", comma);
      write_text(parameters->node_names[n]);
      putchar(',');
      write_text(node->parameter_names[i]);
      printf(",[");
      write_variant(&node->parameter_values[i]);
      printf("]]");
      comma = ",";
    }
  }
  printf("]\n");
}

// In a process of its own: some files end rcl's parser.
static void read_file(const char * content, size_t length)
{
  char name[] = "/tmp/rcl_yaml_probe.XXXXXX";
  int descriptor = mkstemp(name);
  FILE * file = fdopen(descriptor, "w");
  fwrite(content, 1, length, file);
  fclose(file);
  rcl_params_t * parameters = rcl_yaml_node_struct_init(rcutils_get_default_allocator());
  bool is_read = rcl_parse_yaml_file(name, parameters);
  unlink(name);
  if (is_read) {
    write_parameters(parameters);
  } else {
    printf("null\n");
  }
}

int main(void)
{
  size_t length;
  while (scanf("%zu", &length) == 1 && getchar() == '\n') {
    char * content = malloc(length + 1);
    if (fread(content, 1, length, stdin) != length) {
      return 1;
    }
    pid_t child = fork();
    if (child == 0) {
      alarm(5);
      read_file(content, length);
      fflush(stdout);
      _exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    if (status != 0) {
      printf("null\n");
      fflush(stdout);
    }
    free(content);
  }
  return 0;
}
