"""Application, its review, and the certification agreement. ISO/IEC 17065:2012, 4.1.2, 7.2, 7.3."""
