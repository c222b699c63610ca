"""Evaluation: document review, results, samples, nonconformities. ISO/IEC 17065:2012, 7.4."""
