#include "csystem.h"

#include <errno.h>
#include <iconv.h>
#include <stddef.h>

void *csystem_decoder(const char *encoding) {
  iconv_t decoder = iconv_open("UTF-8", encoding);
  return decoder == (iconv_t)-1 ? NULL : (void *)decoder;
}

int csystem_decode(void *decoder, const uint8_t **input, size_t *input_left, uint8_t **output, size_t *output_left) {
  size_t result = iconv((iconv_t)decoder, (char **)input, input_left, (char **)output, output_left);
  return result == (size_t)-1 ? errno : 0;
}

void csystem_decoder_close(void *decoder) { iconv_close((iconv_t)decoder); }
