// Chains of Stan's sampler, hmc_nuts_diag_e_adapt with CmdStan's settings, one after the other on one core: their draws of the parameters
// to a file of doubles, the seconds that they took, the numbers of columns and of parameters, and the parameters'
// names to the standard output.
// Arguments: DATA.json CHAINS WARM_UP DRAWS SEED OUTPUT
#include "model.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <stan/callbacks/interrupt.hpp>
#include <stan/callbacks/logger.hpp>
#include <stan/callbacks/writer.hpp>
#include <stan/io/empty_var_context.hpp>
#include <stan/io/json/json_data.hpp>
#include <stan/services/sample/hmc_nuts_diag_e_adapt.hpp>
#include <string>
#include <vector>

// Keeps rows.
struct Rows : stan::callbacks::writer {
  std::vector<std::string> names;
  std::vector<double> values;
  using stan::callbacks::writer::operator();
  void operator()(const std::vector<std::string>& row) override { names = row; }
  void operator()(const std::vector<double>& row) override { values.insert(values.end(), row.begin(), row.end()); }
};

int main(int, char** argument) {
  std::ifstream file(argument[1]);
  stan::json::json_data data(file);
  const int chains = std::atoi(argument[2]), warm_up = std::atoi(argument[3]), draws = std::atoi(argument[4]);
  const unsigned seed = std::atoi(argument[5]);
  stan_model model(data, seed, nullptr);
  stan::io::empty_var_context start;
  stan::callbacks::interrupt interrupt;
  stan::callbacks::logger logger;
  stan::callbacks::writer ignored;
  std::vector<Rows> rows(chains);
  const auto begin = std::chrono::steady_clock::now();
  for (int chain = 0; chain < chains; ++chain) {
    rows[chain].values.reserve(100 * static_cast<size_t>(draws));
    stan::services::sample::hmc_nuts_diag_e_adapt(
        model, start, seed, chain + 1, 2, warm_up, draws, 1, false, 0, 1, 0, 10, 0.8, 0.05, 0.75, 10, 75, 50, 25,
        interrupt, logger, ignored, rows[chain], ignored);
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  FILE* output = std::fopen(argument[6], "wb");
  for (const auto& chain : rows) std::fwrite(chain.values.data(), sizeof(double), chain.values.size(), output);
  std::fclose(output);
  std::printf("%.6f\n", seconds.count());
  // The parameters stand behind what the sampler says of itself, before what is transformed from them.
  std::vector<std::string> parameters;
  model.constrained_param_names(parameters, false, false);
  std::printf("%zu %zu\n", rows[0].names.size(), parameters.size());
  for (const auto& name : parameters) std::printf("%s\n", name.c_str());
}
