"""Values of StructuralSimilarityTests, by scikit-image (Debian: python3-skimage). Run: python3 make_ssim.py"""
import numpy as np
from skimage.metrics import structural_similarity


def picture(width, height, a, b):
    """The pattern that the test draws: whole numbers only."""
    y, x, c = np.mgrid[0:height, 0:width, 0:3]
    return (x * a + y * b + c * 40 + x * y // 3) % 256


def luma(image):
    return (299 * image[..., 0] + 587 * image[..., 1] + 114 * image[..., 2]) / 1000


for size in [(11, 11), (40, 23), (64, 64)]:
    first = picture(*size, 3, 5)
    for other in [picture(*size, 3, 5), picture(*size, 4, 5), np.minimum(first + 9, 255), 255 - first]:
        value = structural_similarity(
            luma(first), luma(other), gaussian_weights=True, sigma=1.5, use_sample_covariance=False, data_range=255)
        print(size, f"{value:.9f}")
