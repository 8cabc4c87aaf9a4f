// The replay of a compiled program. Every element goes through the operations of the single kernels, so that its bits are theirs.
#include "CReplay.h"
#include "CKernels.h"
#include "clones.h"

#include "real_f64.h"
#include "elementary_template.h"
#include "replay_template.h"
#include "real_end.h"

#include "real_f32.h"
#include "elementary_template.h"
#include "replay_template.h"
#include "real_end.h"
