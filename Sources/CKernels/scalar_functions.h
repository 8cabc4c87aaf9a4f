// Functions of one, two or three numbers that the special kernels are made of, in double precision. Not part of the interface.
#ifndef WB_SCALAR_FUNCTIONS_H
#define WB_SCALAR_FUNCTIONS_H

double wb_atan(double x);
double wb_asin(double x);
double wb_acos(double x);
double wb_atan2(double y, double x);
double wb_sinh(double x);
double wb_cosh(double x);
double wb_asinh(double x);
double wb_acosh(double x);
double wb_atanh(double x);
double wb_log1m_exp(double x);
double wb_cube_root(double x);
double wb_power(double x, double y);
double wb_power_exponent_slope(double x, double y);
// log Gamma(1 + x) for 0 <= x < 1, relative to x where that is tiny.
double wb_log_gamma_1p(double x);
// log Gamma(x) - (x - 1/2) log(x) + x - log(2 pi) / 2 for x > 0.
double wb_stirling_error(double x);
// a log(a / x) + x - a for a, x > 0, without cancellation near x = a (Loader 2000).
double wb_deviance(double a, double x);
double wb_normal_score(double x);

#endif
