// What Swift's vectors do not offer: the highest bit of each byte of a vector as one word.
#ifndef INCENTIVE_CBYTES_H
#define INCENTIVE_CBYTES_H
#include <stdint.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// Which of the 64 bytes from `text` equal one of three: bit `n` stands for byte `n`. All 64 are read.
static inline uint64_t cbytes_equal64(const uint8_t *text, uint8_t a, uint8_t b, uint8_t c) {
  uint64_t bits = 0;
#if defined(__SSE2__)
  const __m128i first = _mm_set1_epi8((char)a), second = _mm_set1_epi8((char)b), third = _mm_set1_epi8((char)c);
  for (int part = 0; part < 4; part++) {
    const __m128i block = _mm_loadu_si128((const __m128i *)(text + part * 16));
    const __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(block, first), _mm_cmpeq_epi8(block, second)),
                                       _mm_cmpeq_epi8(block, third));
    bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(found) << (part * 16);
  }
#else
  for (int place = 0; place < 64; place++) {
    const uint8_t byte = text[place];
    bits |= (uint64_t)(byte == a || byte == b || byte == c) << place;
  }
#endif
  return bits;
}
#endif
