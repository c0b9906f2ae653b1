"""Seodang: machine learning and deep learning in one small package."""
