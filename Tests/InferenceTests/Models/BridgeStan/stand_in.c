// BridgeStan's C interface around a density that is known: theta[2] with theta[i] ~ normal(i + shift, 1), and a positive sigma
// whose log is normal(0, 1/2). `shift` is the one number of the data.
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef MAJOR
#define MAJOR 2
#endif

const int bs_major_version = MAJOR;

#ifdef STAN_THREADS
#define INFORMATION "Stan version: 2.37.0\n\tSTAN_THREADS=true\n"
#else
#define INFORMATION "Stan version: 2.37.0\n\tSTAN_THREADS=false\n"
#endif

typedef struct {
  double shift;
} bs_model;

// How many evaluations are under way, in all models.
static int in_use;

static char *copy(const char *text) {
  char *message = malloc(strlen(text) + 1);
  return strcpy(message, text);
}

bs_model *bs_model_construct(const char *data, unsigned int seed, char **error_msg) {
  bs_model *model = calloc(1, sizeof *model);
  (void)seed;
  if (sscanf(data, " {\"shift\" : %lf", &model->shift) == 1) return model;
  free(model);
  *error_msg = copy("Exception: variable does not exist;\n  variable name=shift\n");
  return NULL;
}

void bs_model_destruct(bs_model *model) { free(model); }
void bs_free_error_msg(char *message) { free(message); }
const char *bs_param_names(const bs_model *model, bool tp, bool gq) { return "theta.1,theta.2,sigma"; }
const char *bs_param_unc_names(const bs_model *model) { return "theta.1,theta.2,sigma"; }
const char *bs_model_info(const bs_model *model) { return INFORMATION; }
int bs_param_unc_num(const bs_model *model) { return 3; }

int bs_param_constrain(const bs_model *model, bool tp, bool gq, const double *z, double *theta, void *rng, char **error_msg) {
  theta[0] = z[0], theta[1] = z[1], theta[2] = exp(z[2]);
  return 0;
}

// Fails where theta[1] is above 50, and where two threads are in it that may not be.
int bs_log_density_gradient(const bs_model *model, bool propto, bool jacobian, const double *z, double *value, double *gradient,
                            char **error_msg) {
  int others = __sync_fetch_and_add(&in_use, 1);
#ifdef STAN_THREADS
  others = 0;
#endif
  if (others || z[0] > 50) {
    __sync_fetch_and_sub(&in_use, 1);
    *error_msg = copy("Exception: theta is too large");
    return -1;
  }
  double constant = propto ? 0 : -1.5 * log(2 * acos(-1)) + log(2);
  *value = constant - 2 * z[2] * z[2] - (jacobian ? 0 : z[2]);
  gradient[2] = -4 * z[2] - (jacobian ? 0 : 1);
  for (int i = 0; i < 2; i++) {
    double residual = z[i] - (i + 1 + model->shift);
    *value -= residual * residual / 2;
    gradient[i] = -residual;
  }
  __sync_fetch_and_sub(&in_use, 1);
  return 0;
}
