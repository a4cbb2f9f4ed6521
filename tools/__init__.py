"""What the program is made and measured with: corpora, training, benchmarks. No part of what is installed."""
