// Log density, gradient and constrained parameters of a Stan model, by Stan: `model DATA.json SEED < points`.
//
// Each line of the input is a point in the unconstrained space; without any, only their number is printed.
#include <fstream>
#include <iostream>
#include <sstream>
#include <stan/io/json/json_data.hpp>
#include <stan/math.hpp>
#include <stan/model/model_base.hpp>

stan::model::model_base &new_model(stan::io::var_context &data, unsigned int seed, std::ostream *messages);

namespace {

void print(const char *name, const Eigen::VectorXd &values) {
  std::cout << ", \"" << name << "\": [";
  for (int i = 0; i < values.size(); ++i) std::cout << (i ? ", " : "") << values[i];
  std::cout << "]";
}

}  // namespace

int main(int, char **arguments) {
  std::ifstream file(arguments[1]);
  stan::json::json_data data(file);
  std::ostringstream messages;
  auto &model = new_model(data, 1, &messages);
  std::cout.precision(17);
  std::vector<std::string> names;
  model.constrained_param_names(names, true, false);
  std::cout << "{\"dimension\": " << model.num_params_r() << ", \"names\": [";
  for (size_t i = 0; i < names.size(); ++i) std::cout << (i ? ", \"" : "\"") << names[i] << "\"";
  std::cout << "], \"points\": [";
  const char *separator = "";
  for (std::string line; std::getline(std::cin, line); separator = ",\n") {
    std::istringstream numbers(line);
    Eigen::VectorXd x(model.num_params_r());
    for (int i = 0; i < x.size(); ++i) numbers >> x[i];
    Eigen::VectorXd gradient;
    double log_density;
    // The functor asks for the density with the Jacobian and with every constant.
    stan::math::gradient(
        [&](auto &parameters) {
          auto copy = parameters;
          return model.log_prob_jacobian(copy, &messages);
        },
        x, log_density, gradient);
    boost::random::mixmax generator(1);
    Eigen::VectorXd constrained;
    auto copy = x;
    model.write_array(generator, copy, constrained, true, false, &messages);
    std::cout << separator << "{\"log_density\": " << log_density;
    print("x", x);
    print("gradient", gradient);
    print("constrained", constrained);
    std::cout << "}";
  }
  std::cout << "]}" << std::endl;
}
